/** What stands below the verdict of a picture. */
export type DetailTab = 'descriptions' | 'claims' | 'text' | 'differences' | 'modes' | 'history';
