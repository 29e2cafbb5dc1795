import { MOST_UNITS } from '../surveyText.ts';
import type { ImagesSurvey, TextSurvey } from '../survey.ts';
import { pythonValue } from './code.ts';

/** Windows of a text that a first model in Python is trained on. */
const MOST_EXAMPLES = 12_000;

/** `load_data` for a text whose next character or word is foretold from those before it. */
export function pythonText(survey: TextSurvey, file: string): string {
  const { task, encoding, vocabulary, window } = survey;
  const units =
    task === 'characters'
      ? 'list(text.replace("\\r\\n", "\\n"))'
      : 're.findall(r"[^\\W_]+|[^\\w\\s]", text.lower())';
  return `"""${file} as numbers of ${task}. Cortex wrote this after a look at it; it is yours."""

${task === 'words' ? 'import re\n' : ''}from pathlib import Path

import numpy as np

FILE = Path(__file__).parent / ${pythonValue(file)}
#: What is told apart; the first stands for everything else.
VOCABULARY = ${pythonValue(vocabulary)}
#: So many ${task} of the beginning are used, and so many examples of them.
MOST = ${MOST_UNITS}
MOST_EXAMPLES = ${MOST_EXAMPLES}
#: The next one is told from so many before it.
WINDOW = ${window}


def load_data():
    """The beginning of the text is learned from, what follows is judged by, the end is sealed."""
    text = FILE.read_text(encoding="${encoding === 'utf-8' ? 'utf-8-sig' : encoding}")
    places = {unit: place for place, unit in enumerate(VOCABULARY)}
    units = ${units}
    numbers = np.array([places.get(unit, 0) for unit in units[:MOST]])
    borders = [0, int(len(numbers) * 0.8), int(len(numbers) * 0.9), len(numbers)]
    train = examples(numbers[: borders[1]], MOST_EXAMPLES)
    known = set(train[1])
    validation = examples(numbers[borders[1] : borders[2]], MOST_EXAMPLES // 8)
    test = examples(numbers[borders[2] :], MOST_EXAMPLES // 8)
    return {
        "train": train,
        "validation": only(validation, known),
        "test": only(test, known),
        "task": "classification",
    }


${EXAMPLES}`;
}

const EXAMPLES = `def examples(numbers, most):
    """Windows from all over, and what follows each."""
    step = max(1, (len(numbers) - WINDOW) // most)
    starts = range(0, len(numbers) - WINDOW, step)
    inputs = np.array([numbers[start : start + WINDOW] for start in starts], dtype="float32")
    return inputs, np.array([numbers[start + WINDOW] for start in starts])


def only(part, known):
    """Examples of what was learned."""
    kept = np.array([target in known for target in part[1]])
    return part[0][kept], part[1][kept]
`;

/** `load_data` for a folder of images by class, read with Pillow. */
export function pythonImages(
  { shape: [height, width, channels] }: ImagesSurvey,
  folder: string,
  order: 'first' | 'last',
): string {
  const [plain, mode] = channels === 1 ? ['[..., None]', 'L'] : ['', 'RGB'];
  return `"""The images of ${folder} as numbers. Cortex wrote this after a look; it is yours."""

from pathlib import Path

import numpy as np
from PIL import Image

FOLDER = Path(__file__).parent / ${pythonValue(folder)}
ENDINGS = {".png", ".jpg", ".jpeg"}


def load_data():
    """A class for each folder; Cortex deals the images out."""
    found = sorted(path for path in FOLDER.glob("*/*") if path.suffix.lower() in ENDINGS)
    return {
        "inputs": np.stack([read(path) for path in found]),
        "targets": np.array([path.parent.name for path in found]),
        "task": "classification",
    }


def read(path):
    """One image, ${height} by ${width} points of ${channels === 1 ? 'grey' : 'three colours'}."""
    image = Image.open(path).convert("${mode}").resize((${width}, ${height}))
    values = (np.asarray(image, dtype="float32") / 255)${plain}
    return ${order === 'first' ? 'values.transpose(2, 0, 1)' : 'values'}
`;
}
