import { nameOfCode } from './language-names';

/** Scripts that one language alone is written in, or one so much more than the others that a short text is of it. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'Japanese'],
  [/\p{Script=Hangul}/u, 'Korean'],
  [/\p{Script=Han}/u, 'Chinese'],
  [/\p{Script=Greek}/u, 'Greek'],
  [/\p{Script=Hebrew}/u, 'Hebrew'],
  [/\p{Script=Thai}/u, 'Thai'],
  [/\p{Script=Armenian}/u, 'Armenian'],
  [/\p{Script=Georgian}/u, 'Georgian'],
  [/\p{Script=Tamil}/u, 'Tamil'],
  [/\p{Script=Bengali}/u, 'Bengali'],
];

/** Letters that only one of the languages of a script has. */
const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/[їєґі]/iu, 'Ukrainian'],
  [/[ыэё]/iu, 'Russian'],
  [/[پچژگ]/u, 'Persian'],
  [/[ٹڈڑے]/u, 'Urdu'],
  [/ß/u, 'German'],
  [/ñ|[¿¡]/u, 'Spanish'],
  [/[ãõ]/iu, 'Portuguese'],
  [/[ąęłżź]/iu, 'Polish'],
];

/** Languages that text in pictures is likely to be in, those first that more of it is in: of equal scores the first counts. */
const LIKELY =
  'en es de fr ru it pt ja zh pl nl tr ar fa uk ko vi id cs sv ro hu el da no fi he th hi ur bg ca hr sk sl is ta'.split(
    ' ',
  );

/** English is in pictures from everywhere, and scores low where few words of it stand. */
const EARLY_ENGLISH = 0.08;
/** Scores that are no further apart tell nothing. */
const EQUAL = 0.015;

/** Fewer letters say nothing: "A3", "M&M". */
const FEWEST_LETTERS = 4;

/** How far a language's score is above the next one's where a short text is told to be in it. */
const CLEAR = 0.04;

/** What a script or a letter says; undefined where several languages share it. */
function languageByScript(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const own = SCRIPTS.find(([script]) => script.test(text));
  if (own !== undefined) return own[1];
  return letters < FEWEST_LETTERS
    ? undefined
    : LETTERS.find(([pattern]) => pattern.test(text))?.[1];
}

/**
 * The languages of the lines of one picture; empty where it can't be told. Lines too short to tell are in the language of the
 * whole, if it may be theirs: a picture is seldom in more than two. What scripts leave open is told by eld, which is fetched for it.
 */
export async function languagesOf(lines: readonly string[]): Promise<string[]> {
  const byScript = lines.map(languageByScript);
  // Kanji alone are Japanese where kana stand beside them.
  const isJapanese = byScript.includes('Japanese');
  const told = byScript.map((name) => (name === 'Chinese' && isJapanese ? 'Japanese' : name));
  const open = lines.filter(
    (line, at) => told[at] === undefined && (line.match(/\p{L}/gu)?.length ?? 0) >= FEWEST_LETTERS,
  );
  if (open.length === 0) return told.map((name) => name ?? '');
  const detect = await detector();
  const whole = detect(open.join('\n'));
  return lines.map((line, at) => {
    const known = told[at];
    if (known !== undefined) return known;
    if (!open.includes(line)) return '';
    const own = detect(line);
    if (own.isSure && own.language !== '') return own.language;
    return own.candidates.includes(whole.language) ? whole.language : '';
  });
}

interface Detected {
  readonly language: string;
  readonly isSure: boolean;
  readonly candidates: readonly string[];
}

let loaded: Promise<(text: string) => Detected> | undefined;

/** Capitals are folded: a detector that learned from running text takes "FOR SALE" for Danish. */
function detector(): Promise<(text: string) => Detected> {
  loaded ??= import('eld/extrasmall').then(({ eld }) => {
    eld.setLanguageSubset(LIKELY);
    return (text) => {
      const result = eld.detect(text.toLowerCase());
      const scores = Object.entries(result.getScores())
        .map(([code, score]) => ({ code, score: score + (code === 'en' ? EARLY_ENGLISH : 0) }))
        .toSorted((a, b) => b.score - a.score);
      const top = scores[0]?.score ?? 0;
      const equals = scores.filter(({ score }) => score > top - EQUAL).map(({ code }) => code);
      const lead = top - (scores[equals.length]?.score ?? 0);
      return {
        language: nameOfCode(LIKELY.find((code) => equals.includes(code)) ?? ''),
        isSure: result.isReliable() || lead > CLEAR,
        candidates: scores.map(({ code }) => nameOfCode(code)),
      };
    };
  });
  return loaded;
}
