import * as v from 'valibot';
import { AppError, type ErrorCode } from '../errors';

/** What a server said, in the form that it should have. @throws AppError `code`, with the first thing that is otherwise */
export function readAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  { what, code }: { readonly what: string; readonly code: ErrorCode },
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const at = v.getDotPath(issue) ?? '';
  throw new AppError(code, `${what}: ${at} ${issue.message}`.trim());
}
