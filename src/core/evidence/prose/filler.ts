const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/u));

/** Nouns that speak of the picture, its look, or nothing that can be pointed at, though they may name things elsewhere. */
export const NO_THINGS = words(`
image picture photo photograph drawing illustration painting screenshot sketch cartoon artwork render rendering portrait
snapshot shot scene view style composition lighting light color colour background foreground backdrop side corner edge area
part object thing item number description text word letter line language caption subject frame shade pattern shape outline
gradient nothing something anything focus centerpiece overview detail element atmosphere ambiance mood sense touch feeling
feel tone hue palette contrast perspective angle viewer observer photographer artist lens depth texture surface material space
environment surroundings setting distance horizon moment time day night season weather world life nature energy warmth
beauty elegance harmony balance interplay play mix blend variety array collection display arrangement series set row group
pair couple bunch lot range center centre middle top bottom left right front back end half section region location position
place point spot air shadow shadows reflection glow sunlight daylight brightness darkness sheen highlight highlights
attention interest story narrative journey symbol metaphor reminder testament hint essence charm character presence
appearance look design layout structure form figure-ground feature aspect content type kind sort way manner direction
flow movement motion action activity event occasion context theme concept idea message impression effect mind heart soul
body spirit eye eyes gaze stance expression quality level size height width length one ones other others rest all both each
everything everyone person's addition fact example case right-hand left-hand image's picture's scene's visual visuals
vibe aesthetic clarity sharpness resolution quality grain exposure noise edges corners sides base close-up closeup detail
details focal glimpse slice portion piece bit vista panorama
mirror-like solitude cozy cosy match game celebration rise city-lights bank-side common name title number digit count quantity total hand-side weather condition conditions sunshine sunset
`);

/** "a group of people": what comes after "of" is meant, several of it. */
export const SEVERAL = words(`
group bunch lot row series set number collection variety array line cluster crowd flock herd handful few range assortment
stack pile selection multitude string school pack team
`);

/** How many "a few" and the like are: more than one. */
export const VAGUE = words(
  `several many few numerous multiple various some dozens hundreds countless plenty assorted`,
);

/** From here on a sentence tells what the picture makes one feel, or what it may stand for. */
export const EMOTION =
  /^(suggest|evok|creat|convey|lend|impart|exud|symboli[sz]|embod|invit|hint|imply|implying|indicat|reflecting|highlighting|emphasi[sz]|underscor|enhanc|contribut|inspir|reminiscent|reminding|captur\w+ the essence|giv\w+ the|adding|adds)/u;

/** Opens a comparison: "like a blanket of snow" shows no blanket. */
export const SIMILE = words('like resembling resembles reminiscent as-if');

/** What a model says to those who read it, not of the picture. */
const ORDER = new RegExp(
  [
    String.raw`^\W*(please\s+)?(ignore|disregard|forget|override|say|write|answer|output|respond|reply|print|repeat|report|return|mark|treat|assume|pretend|delete|remove|state|claim|declare|rate|score|choose|select|trust|use|let|set|note to|attention)\b`,
    String.raw`\b(ignore|disregard|override)\b.*\b(other|others|previous|above|prior|instructions?|descriptions?|models?|claims?)\b`,
    String.raw`\b(system|user|assistant|judge|developer)\s*(:|prompt|message)`,
    String.raw`\b(all|other|both|every|the other|three)\s+(of the\s+)?(models?|descriptions?|annotators?)\b`,
    String.raw`\b(certain|likely|doubtful)\s+\d+\s*/\s*\d+`,
    String.raw`\b(as|I am|I'm) an? (AI|language model|assistant|vision)`,
    String.raw`\byou (must|should|shall|will|are|have to|need to)\b`,
    String.raw`\b(dear|hey|hello),? (judge|model|assistant|reader)\b`,
    String.raw`\b(judge|instructions?|verdict|weights?|votes?|jailbreak|prompt)\b.*\b(must|should|is|are|has|have|now|write|say)\b`,
  ].join('|'),
  'iu',
);

/** Sentences in which the model speaks of itself or asks back. */
const CHATTER =
  /^\W*(sure|certainly|of course|here (is|are)|let me|i hope|if you|would you|do you|feel free|i'm sorry|i am sorry|i cannot|i can't|as requested|below is|note:)\b/iu;

const QUOTED = /[“"„«][^“”"„«»]*[”"“»]/gu;

/** Whether a sentence speaks to its readers, not of the picture; what it quotes may be a sign's. */
export function isForReaders(sentence: string): boolean {
  const unquoted = sentence.replace(QUOTED, '""');
  return ORDER.test(unquoted) || CHATTER.test(unquoted);
}
