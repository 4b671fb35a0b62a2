/** Things that somebody can be seen doing: the name of the action, and other verbs for it. */
const ACTIONS = `
sitting: sit seat perch
standing: stand
lying: lie recline lounge curl sprawl
resting: rest relax
sleeping: sleep nap snooze doze
walking: walk stroll wander
running: run sprint jog dash gallop race
jumping: jump leap hop
climbing: climb
crawling: crawl
kneeling: kneel
crouching: crouch squat
dancing: dance
swimming: swim
flying: fly soar
gliding: glide
floating: float drift
sailing: sail
surfing: surf
skiing: ski
skating: skate
riding: ride
cycling: cycle
driving: drive
holding: hold carry grasp clutch grip
wearing: wear dress clothe clad
eating: eat munch chew
drinking: drink sip
grazing: graze
cooking: cook grill
cutting: cut slice chop
pouring: pour
serving: serve
reading: read
writing: write
drawing: draw sketch
painting: paint
typing: type
looking: look gaze stare watch peer glance peek
smiling: smile grin
laughing: laugh
crying: cry weep
talking: talk chat converse speak
singing: sing
playing: play
kicking: kick
throwing: throw toss
catching: catch
hitting: hit
chasing: chase
pushing: push
pulling: pull drag
pointing: point
waving: wave
hugging: hug embrace
kissing: kiss
shaking: shake
petting: pet stroke
feeding: feed
washing: wash
cleaning: clean
fishing: fish
digging: dig
barking: bark
crossing: cross
waiting: wait
leaning: lean
hanging: hang mount
parked: park
moored: moor dock
burning: burn
hiding: hide
landing: land
queueing: queue
shopping: shop
diving: dive
cheering: cheer
`;

/** What things do too; that a cup "sits" or "stands" says no more than that it is somewhere. */
const OF_THINGS = new Set(
  'flying floating gliding sailing driving hanging parked moored burning crossing waiting playing'.split(
    ' ',
  ),
);

const IRREGULAR = `
sat: sit
stood: stand
lay: lie
lain: lie
lying: lie
slept: sleep
ran: run
flew: fly
flown: fly
swam: swim
rode: ride
ridden: ride
drove: drive
held: hold
wore: wear
worn: wear
ate: eat
eaten: eat
drank: drink
threw: throw
caught: catch
shook: shake
fed: feed
hung: hang
hidden: hide
clad: clad
drew: draw
wrote: write
knelt: kneel
shone: shine
spoke: speak
`;

/** No two of these at the same time. */
const POSTURES = [
  new Set(['sitting', 'standing', 'lying', 'walking', 'running', 'kneeling', 'crouching', 'swimming', 'flying']),
  new Set(['sleeping', 'standing', 'walking', 'running', 'playing', 'reading', 'eating', 'flying']),
]; // prettier-ignore

const forms = new Map<string, string>();
const bases = new Set<string>();
for (const line of ACTIONS.trim().split('\n')) {
  const [name = '', verbs = ''] = line.split(': ');
  for (const verb of verbs.split(' ')) {
    bases.add(verb);
    for (const form of formsOf(verb)) forms.set(form, name);
  }
}
for (const line of IRREGULAR.trim().split('\n')) {
  const [form = '', verb = ''] = line.split(': ');
  const name = forms.get(verb);
  if (name !== undefined) forms.set(form, name);
}

function formsOf(verb: string): string[] {
  const soft = verb.replace(/e$/u, '');
  const last = /(?<![aeiou])[aeiou][bdgmnpt]$/u.test(verb) ? verb + (verb.at(-1) ?? '') : soft;
  const third = /(s|sh|ch|x|z)$/u.test(verb)
    ? `${verb}es`
    : verb.replace(/(?<![aeiou])y$/u, 'ie') + 's';
  const past =
    verb.endsWith('y') && !/[aeiou]y$/u.test(verb) ? `${verb.slice(0, -1)}ied` : `${last}ed`;
  return [verb, third, past, `${last}ing`, `${soft}ing`, `${verb}ing`];
}

/** "They sit": said of what the clause is about, as "sits" is. */
export function isBaseForm(form: string): boolean {
  return bases.has(form);
}

/** "sits", "seated" and "perched" are "sitting"; undefined for verbs that show no action. */
export function actionOf(form: string): string | undefined {
  return forms.get(form);
}

/** Whether it says anything of a thing that is not alive. */
export function isOfThings(action: string): boolean {
  return OF_THINGS.has(action);
}

/** Whether one body can't do both at once. */
export function excludesAction(one: string, other: string): boolean {
  return one !== other && POSTURES.some((set) => set.has(one) && set.has(other));
}
