import type { JudgeWay } from '../../core/judge-way';
import type { Verdict } from '../../core/verdict';
import { claimDifference, saidBy } from '../../state/mode-rows';
import { counted, formatMeasured } from '../common/format';
import { JUDGE_MODE_TEXT } from '../common/judge-mode-text';

/** "Fuse", "Fuse, order swapped", "Fuse, by learned weights". */
export function wayText({ mode, order, calibration }: JudgeWay): string {
  return [
    JUDGE_MODE_TEXT[mode].name,
    ...(order === undefined ? [] : ['order swapped']),
    ...(calibration === undefined ? [] : ['by learned weights']),
  ].join(', ');
}

/** "8 claims, 1 disputed · 1 sentence added · 340 ms". */
export function verdictFacts(verdict: Verdict): string {
  const said = saidBy(verdict);
  const disputed = verdict.claims.filter(
    ({ id, standing }) => said.has(id) && standing === 'disputed',
  ).length;
  const added = verdict.sentences.filter(({ origin }) => origin === 'added').length;
  return [
    counted(said.size, 'claim') + (disputed === 0 ? '' : `, ${String(disputed)} disputed`),
    ...(added === 0 ? [] : [`${counted(added, 'sentence')} added`]),
    ...(verdict.judgeMs === 0 ? [] : [formatMeasured(verdict.judgeMs)]),
  ].join(' · ');
}

/** Against the verdict that stands. */
export function differenceText(verdict: Verdict, standing: Verdict): string {
  if (verdict.caption === standing.caption) return 'the same words';
  const { more, fewer } = claimDifference(verdict, standing);
  if (more + fewer === 0) return 'the same claims';
  const parts = [
    ...(more === 0 ? [] : [`${String(more)} more`]),
    ...(fewer === 0 ? [] : [`${String(fewer)} fewer`]),
  ];
  return `${parts.join(', ')} than the verdict`;
}

/** What the place of the descriptions was worth. */
export function orderText(verdict: Verdict, swapped: Verdict): string {
  if (verdict.caption === swapped.caption)
    return 'Order swapped: word for word the same. The order does not matter here.';
  const { common, more, fewer } = claimDifference(swapped, verdict);
  if (more + fewer === 0)
    return 'Order swapped: other words, the same claims. The order does not matter here.';
  return `Order swapped: ${String(common)} of ${counted(common + more + fewer, 'claim')} in both. The order matters here.`;
}
