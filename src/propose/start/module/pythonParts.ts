import type { TableSurvey } from '../survey.ts';

/** Python's csv and open know encodings by the names of TextDecoder, byte order marks aside. */
const codec = (encoding: string): string => (encoding === 'utf-8' ? 'utf-8-sig' : encoding);

/** Small files are read whole. */
export const READ_WHOLE = (encoding: string): string => `

def read_text():
    """The file as text."""
    return FILE.read_text(encoding="${codec(encoding)}").lstrip("\\ufeff")
`;

/** Of large ones, parts from all over: the same each time. */
export const READ_PARTS = (encoding: string): string => `

#: What is read of the file, in bytes: raise both for more rows.
PART = 2**20
PARTS = 32


def read_text():
    """The beginning of the file and parts from all over it, cut to whole lines."""
    size = os.path.getsize(FILE)
    texts = []
    with open(FILE, "rb") as file:
        for part in range(PARTS):
            file.seek(int(max(0, size - PART) * part / (PARTS - 1)) // 2 * 2)
            text = file.read(PART).decode("${codec(encoding)}", errors="ignore").replace("\\0", "")
            start = 0 if part == 0 else text.find("\\n") + 1
            texts.append(text[start : text.rfind("\\n") + 1])
    return "".join(texts)
`;

/** Rows with a target, each once: repeated ones would be known by heart in the test part. */
export const ROWS = ({ hasHeading, structure }: TableSurvey): string =>
  rowsText({ hasHeading, isSeries: structure.kind === 'series' });

interface Rows {
  readonly hasHeading: boolean;
  readonly isSeries: boolean;
}

const rowsText = ({ hasHeading, isSeries }: Rows): string => `

def rows_with_target():
    """Rows that have a target${isSeries ? ', in their order' : ', each once'}."""
    lines = csv.reader(read_text().splitlines(keepends=True), delimiter=SEPARATOR)
    rows = [[cell.strip() for cell in line] for line in lines if any(line)]
    heading, rows = ${hasHeading ? 'rows[0], rows[1:]' : 'HEADING, rows'}
    whole = ${isSeries ? 'rows' : 'list(dict.fromkeys(map(tuple, rows)))'}
    named = [dict(zip(heading, row)) for row in whole if len(row) == len(heading)]
    return [row for row in named if row[TARGET].lower() not in NOTHING]
`;

export const NUMBERS = `

NOTHING = {"", "na", "n/a", "nan", "null", "none", "?", "-", "missing"}


def number_of(cell):
    """The number a cell holds, None where it holds none."""
    try:
        value = float(cell.replace(",", ".") if cell.count(",") == 1 else cell)
    except ValueError:
        return None
    return value if np.isfinite(value) else None
`;

export const COLUMNS_TO_NUMBERS = `

YEAR = 365.25 * 24 * 3600


def read(cell, how):
    """What a cell of a column becomes: one number, or several."""
    if how["kind"] == "number":
        value = number_of(cell)
        return [how["fill"] if value is None else value]
    if how["kind"] == "category":
        return [float(cell == value) for value in how["values"]]
    try:
        time = datetime.fromisoformat(cell.replace("Z", "")).replace(tzinfo=timezone.utc)
    except ValueError:
        return [0.0, 0.0, 0.0]
    seconds = time.timestamp()
    turn = 2 * math.pi * seconds / YEAR
    return [(seconds - 946684800) / YEAR, math.sin(turn), math.cos(turn)]
`;

export const WORDS = `

def words_of(text):
    """Words in small letters, and signs between them."""
    return re.findall(r"[^\\W_]+|[^\\w\\s]", text.lower())


def places_of(texts):
    """Numbers of the commonest words, from 2 on."""
    counts = collections.Counter(word for text in texts for word in text)
    ordered = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: place + 2 for place, word in enumerate(ordered[: WORDS - 2])}
`;
