import type { TextRow } from '../../core/verdict';

/** "3 of 3 alike", "2 of 3 alike": how many models have this very wording, of those that read any text in the picture. */
export function agreementText({ modelIds, others = [], readers }: TextRow): string {
  const otherwise = new Set(others.flatMap((other) => other.modelIds));
  const alike = modelIds.filter((id) => !otherwise.has(id)).length;
  return `${String(alike)} of ${String(readers ?? modelIds.length)} alike`;
}
