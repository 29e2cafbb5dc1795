import { LineParser } from './lineParser.ts';
import { withoutAsides } from './asides.ts';
import { withListedNames } from './listedNames.ts';
import { isGrade, isKnown, scoped } from './names.ts';
import type { ParsedLine, Slot } from './slots.ts';
import { tokensOf } from './tokens.ts';

const BAR =
  /%\||\d(?:it|batch|step|[mun]?s)\/(?:s|it|step|sample|batch|epoch)\b|\bETA\b.{0,60}(?:loss|acc)|\[[=>.]{6}|[━█]{6}|^\s{0,99}\d{1,9}\/\d{1,9} (?:\[[=>.]|- )/;

/**
 * The moving bar of tfjs; the sum of a run by Hugging Face's Trainer; what is left of a bar behind
 * a heading that was written over it; COCO's precision at one threshold of many; the accuracy of a
 * report of classes, with how many there were.
 */
const ASIDE =
  /^\s{0,99}eta[=:]|'train_runtime'|^\s{0,99}Epoch \d{1,9}\/\d{1,9}\[?[=>.]|@\[ ?IoU=|^\s{2,99}accuracy\s{4,99}\d?\.\d{1,9}\s{1,99}\d{1,12}\s{0,9}$/;

/** `test loss: 6.34 -> 5.70`: which of both the name is of, nobody can tell. */
const CHANGE = /\d\.\d{1,17}\s{0,3}(?:-{1,3}>|→|=>)\s{0,3}[-+]?\d{1,9}\.\d/;

/** `[2,  4000] loss: 1.2`: an epoch, and a step of it. */
const PAIR = /^\s{0,99}\[\s{0,9}\d{1,6},\s{0,9}\d{1,9}\]/;

/** A name and its sign are not longer. */
const LONGEST_NAME = 40;

/** `0.71 --> 0.68`: what got better, and from what. */
const ARROW = /(?:\d|inf)\s{0,3}(?:-{1,3}>|→|=>)\s{0,3}[-+]?\d/i;

/** What a line of text says: its numbers with the names, counters and scopes that stand by them. */
export function parseLine(line: string): ParsedLine {
  const text = withoutAsides(line);
  const isDict = text.includes("{'");
  const parser = new LineParser(tokensOf(text), isDict);
  const read = PAIR.test(text) ? withPair(parser.read()) : parser.read();
  const led = withLead(withoutNumbering(read), text);
  const slots = finishSlots(withListedNames(led, text), text);
  const isCounted = slots.some(({ role }) => role === 'epoch' || role === 'step');
  return {
    style: isDict ? 'Python dicts' : 'epoch lines',
    slots,
    isFractional: isDict,
    scope: parser.scope,
    isAside:
      parser.isAside || ASIDE.test(text) || CHANGE.test(text) || (!isCounted && ARROW.test(text)),
    isBar: !isDict && BAR.test(text),
    countsOther: slots.some(
      ({ role, total, name }) => role === 'other' && total !== null && name !== '',
    ),
    tail: parser.tail(),
    words: parser.said.filter(isWord).slice(0, 12).join(' '),
  };
}

/** `Train 0, loss: 2.7`: a part of the data, its epoch, and values of that part. */
function withLead(slots: readonly Slot[], text: string): readonly Slot[] {
  const [first, second] = slots;
  const isLead = first?.isBare === true && /^\d+$/.test(first.text) && !first.isPercent;
  const isHeaded = isLead && /^ \d+, {0,2}[a-z]/i.test(text.slice(first.at - 1));
  if (!isHeaded || second?.role !== 'measure' || second.isBare || !isKnown(second.name))
    return slots;
  const lead = { ...first, role: 'epoch' as const, name: 'round', isBare: false };
  const ofPart = ({ scope, ...slot }: Slot): Slot => ({ ...slot, scope: scope || first.scope });
  return [lead, ...slots.slice(1).map(ofPart)];
}

/** The first two numbers of a line as an epoch and its step. */
const withPair = (slots: readonly Slot[]): readonly Slot[] =>
  slots.map((slot, i) => {
    if (i === 0) return { ...slot, role: 'epoch' as const, name: 'round' };
    return i === 1 ? { ...slot, role: 'step' as const, name: '' } : slot;
  });

/** `[035420][Epoch 1/10]`: where a word names the epoch, a number in brackets before does not. */
function withoutNumbering(slots: readonly Slot[]): readonly Slot[] {
  const hasNamed = slots.some(
    ({ role, name }) => role === 'epoch' && /[a-z]/i.test(name) && name !== 'round',
  );
  return hasNamed
    ? slots.map((slot) =>
        slot.role === 'epoch' && slot.name === 'round' ? { ...slot, role: 'other' as const } : slot,
      )
    : slots;
}

/** No piece of a bar. */
const isWord = (word: string): boolean => /[\p{L}\p{N}]/u.test(word);

/** Gives each measure the name of its series; of two of one name the first is kept. */
function finishSlots(slots: readonly Slot[], text: string): Slot[] {
  const bareName = nameOfBare(slots);
  const isBoosting = slots.some(({ isBare, name }) => isBare && name === 'learn');
  const named = new Set(slots.map(({ name }) => name));
  const seen = new Set<string>();
  const isOfStep = slots.some(({ role }) => role === 'step');
  const own = slots.map(withoutLoan(slots));
  const told = isOfStep ? own : own.map(asWhole(named));
  return told.map(withOwnEval(told)).map((slot) => {
    if (slot.role !== 'measure' && slot.role !== 'mean') return slot;
    const name = finishedName(slot, { bareName, isBoosting });
    if (slot.role === 'mean') return { ...slot, name };
    const own = seen.has(name) ? nameOfMean(slot, text) : name;
    if (seen.has(own)) return { ...slot, role: 'other' as const };
    seen.add(own);
    return { ...slot, name: own };
  });
}

/** `acc: 0.9, avg acc: 0.8`: the second is the mean over the classes. */
function nameOfMean({ name, scope, at }: Slot, text: string): string {
  const before = text.slice(Math.max(0, at - LONGEST_NAME), at);
  const isMean = /\b(?:avg|mean)\s{1,3}acc\w*\s{0,3}[:=]\s{0,3}$/i.test(before);
  return scoped(scope, isMean ? `avg_${name.replace(/^(?:val|test)_/, '')}` : name);
}

/** `Val Loss: 4.7, Alpha: 0.1`: an unknown name that comes once is of no other one's part. */
const withoutLoan =
  (slots: readonly Slot[]) =>
  (slot: Slot): Slot => {
    const isOnce = slots.filter(({ name }) => name === slot.name).length === 1;
    return slot.isLent && isOnce && !isKnown(slot.name) ? { ...slot, scope: '' } : slot;
  };

/** `loss = 2.3 eval = 0.1`: beside a loss of no part, one `eval` is a score of the same part. */
const withOwnEval =
  (slots: readonly Slot[]) =>
  (slot: Slot): Slot => {
    const isEval = slot.isBare && slot.name === 'eval';
    const isBeside = slots.some(
      ({ role, name, scope }) => role === 'measure' && scope === '' && name === 'loss',
    );
    const others = slots.filter(({ isBare }) => isBare).length;
    return isEval && isBeside && others === 1
      ? { ...slot, name: 'score', scope: '', isScoped: false, isBare: false }
      : slot;
  };

/** `loss_avg` is the loss, on a line of no step that says no other. */
const asWhole =
  (named: ReadonlySet<string>) =>
  (slot: Slot): Slot => {
    const plain = slot.name.replace(/^(val_|test_|)avg_|_avg$/i, '$1');
    return plain !== slot.name && isKnown(plain) && !named.has(plain)
      ? { ...slot, name: plain }
      : slot;
  };

/** What `Train: 0.81` is of: the loss, or beside one an accuracy; a single one may be either. */
function nameOfBare(slots: readonly Slot[]): string {
  const hasLoss = slots.some(({ name, isBare }) => !isBare && /(?:^|_)loss$/.test(name));
  if (!hasLoss) return 'loss';
  const scopes = new Set(slots.filter(({ isBare }) => isBare).map(({ scope }) => scope));
  return scopes.size > 1 ? 'accuracy' : 'score';
}

function finishedName(
  slot: Slot,
  { bareName, isBoosting }: { readonly bareName: string; readonly isBoosting: boolean },
): string {
  const bare = slot.isPercent ? 'accuracy' : bareName;
  const plain = slot.isBare ? bare : slot.name;
  const scope = isBoosting && slot.scope === 'test' ? 'val' : slot.scope;
  return isGrade(plain) || slot.isScoped || !isKnown(plain) ? scoped(scope, plain) : plain;
}
