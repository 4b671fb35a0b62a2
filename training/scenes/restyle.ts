import type { Random } from './random.ts';

/** How an icon is changed before it is drawn, so that styles which nobody has seen look less strange: domain randomisation. */
export interface Restyle {
  /** Width of a black outline around every shape, as a fraction of the icon; 0 for none. */
  readonly outline: number;
  readonly colours: 'own' | 'turned' | 'few' | 'one' | 'white';
  /** Degrees of the colour wheel: how far colours are turned, or the one colour. */
  readonly hue: number;
  readonly isMirrored: boolean;
}

export const AS_IT_IS: Restyle = { outline: 0, colours: 'own', hue: 0, isMirrored: false };

/** Half of the drawings stay as they are: a model's own styles are what it should know best. */
export function sampleRestyle(random: Random): Restyle {
  const isMirrored = random.chance(0.3);
  if (random.chance(0.5)) return { ...AS_IT_IS, isMirrored };
  const colours = (['own', 'turned', 'few', 'one', 'white'] as const)[random.weighted([0.3, 0.25, 0.25, 0.1, 0.1])] ?? 'own';
  const outline = colours === 'white' || random.chance(0.6) ? random.between(0.015, 0.045) : 0;
  return { outline, colours, hue: random.between(0, 360), isMirrored };
}

const COLOUR = /#([0-9a-f]{3}|[0-9a-f]{6})\b/giu;

/** The icon's body in the new style. `side` is the longer side of its view box. */
export function restyled(body: string, { outline, colours, hue, isMirrored }: Restyle, width: number, height: number): string {
  const painted = colours === 'own' ? body : body.replace(COLOUR, (_, hex: string) => repaint(hex, colours, hue));
  const drawn =
    outline === 0
      ? painted
      : `<g stroke="#000" stroke-width="${(outline * Math.max(width, height)).toFixed(2)}" stroke-linejoin="round">${painted}</g>`;
  return isMirrored ? `<g transform="matrix(-1 0 0 1 ${String(width)} 0)">${drawn}</g>` : drawn;
}

function repaint(hex: string, colours: Restyle['colours'], turn: number): string {
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255);
  const light = (Math.max(red, green, blue) + Math.min(red, green, blue)) / 2;
  const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
  const saturation = spread === 0 ? 0 : spread / (1 - Math.abs(2 * light - 1) + 1e-6);
  const hue = hueOf(red, green, blue, spread);
  switch (colours) {
    case 'turned':
      return hsl(hue + turn, saturation, light);
    case 'few':
      // Flat and bright: a few strong colours instead of many shades.
      return hsl(Math.round((hue + turn / 12) / 40) * 40, saturation > 0.2 ? 0.8 : 0, Math.round(light * 4) / 4);
    case 'one':
      return hsl(turn, 0.6, 0.25 + light * 0.65);
    default:
      return light < 0.3 ? '#000' : '#fff';
  }
}

function hueOf(red: number, green: number, blue: number, spread: number): number {
  if (spread === 0) return 0;
  if (red >= green && red >= blue) return 60 * ((green - blue) / spread);
  return green >= blue ? 60 * ((blue - red) / spread + 2) : 60 * ((red - green) / spread + 4);
}

function hsl(hue: number, saturation: number, light: number): string {
  const turned = ((hue % 360) + 360) % 360;
  return `hsl(${turned.toFixed(0)},${(100 * Math.min(1, saturation)).toFixed(0)}%,${(100 * light).toFixed(0)}%)`;
}
