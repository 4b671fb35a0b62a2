/**
 * Bumped whenever the text of `judge-prompt` changes: verdicts written from another form are not mistaken for new ones. Apart from
 * it, because every page names verdicts and none asks a judge.
 */
export const JUDGE_PROMPT_VERSION = 3;
