import { element } from '../shared/element.ts';

/** What the user chose for the curves; kept with the view. */
export interface CurvesOptions {
  readonly isLogarithmic: boolean;
  /** 0–0.95. */
  readonly smoothing: number;
  /** Curves on the training part beside those on the validation part. */
  readonly withTraining: boolean;
  readonly isTable: boolean;
  /** Measures that are drawn; empty: the usual ones. */
  readonly families: readonly string[];
  /** Ids of runs that are switched off. */
  readonly hidden: readonly string[];
}

/** What is drawn before the user chose anything. */
export const defaultOptions: CurvesOptions = {
  isLogarithmic: false,
  smoothing: 0,
  withTraining: true,
  isTable: false,
  families: [],
  hidden: [],
};

type Choose = (options: CurvesOptions) => void;

/** The controls above the curves. */
export function optionsBar(
  { all, families }: { readonly all: readonly string[]; readonly families: readonly string[] },
  options: CurvesOptions,
  choose: Choose,
): HTMLElement {
  let current = options;
  const change: Change = (part) => {
    current = { ...current, ...part };
    choose(current);
  };
  return element(
    'div',
    { class: 'bar', attributes: { role: 'toolbar', 'aria-label': 'How curves are drawn' } },
    checkbox('Table', current.isTable, (isTable) => {
      change({ isTable });
    }),
    ...(current.isTable ? [] : drawingChoices(current, change)),
    ...(current.isTable || all.length < 2 ? [] : [familyChoice(all, families, change)]),
  );
}

type Change = (part: Partial<CurvesOptions>) => void;

const drawingChoices = (current: CurvesOptions, change: Change): readonly HTMLElement[] => [
  checkbox('Log scale', current.isLogarithmic, (isLogarithmic) => {
    change({ isLogarithmic });
  }),
  checkbox('Training part', current.withTraining, (withTraining) => {
    change({ withTraining });
  }),
  smoothingRange(current.smoothing, (smoothing) => {
    change({ smoothing });
  }),
];

function familyChoice(
  all: readonly string[],
  families: readonly string[],
  change: Change,
): HTMLElement {
  const drawn = new Set(families);
  const toggle = (family: string, isOn: boolean): void => {
    if (isOn) drawn.add(family);
    else drawn.delete(family);
    change({ families: all.filter((other) => drawn.has(other)) });
  };
  return element(
    'span',
    { class: 'choices', attributes: { role: 'group', 'aria-label': 'Measures' } },
    ...all.map((family) =>
      checkbox(family, drawn.has(family), (isOn) => {
        toggle(family, isOn);
      }),
    ),
  );
}

function checkbox(
  label: string,
  isChecked: boolean,
  onChange: (isChecked: boolean) => void,
): HTMLElement {
  const input = element('input', {
    attributes: { type: 'checkbox' },
    on: {
      change: () => {
        onChange(input.checked);
      },
    },
  });
  input.checked = isChecked;
  return element('label', { class: 'option' }, input, label);
}

function smoothingRange(value: number, onChange: (value: number) => void): HTMLElement {
  const text = element('output', { text: value.toFixed(2) });
  const input = element('input', {
    attributes: { type: 'range', min: '0', max: '0.95', step: '0.05' },
    on: {
      input: () => {
        text.textContent = Number(input.value).toFixed(2);
        onChange(Number(input.value));
      },
    },
  });
  input.value = String(value);
  return element('label', { class: 'option' }, 'Smooth', input, text);
}
