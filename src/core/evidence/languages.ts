/** English names of languages, as models write them. */
export const LANGUAGES = new Set(
  (
    'Afrikaans Albanian Arabic Armenian Bengali Bulgarian Catalan Chinese Croatian Czech Danish Dutch English ' +
    'Estonian Finnish French Georgian German Greek Hebrew Hindi Hungarian Icelandic Indonesian Irish Italian ' +
    'Japanese Korean Latin Latvian Lithuanian Malay Norwegian Persian Polish Portuguese Romanian Russian ' +
    'Serbian Slovak Slovenian Spanish Swahili Swedish Tamil Thai Turkish Ukrainian Urdu Vietnamese Welsh'
  ).split(' '),
);
