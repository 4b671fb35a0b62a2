/** Answers each message with what `work` makes of it, or with its error. */
export function answerMessages(work: (request: never) => Promise<object>): void {
  self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    work(data as never).then(
      (report) => self.postMessage(report),
      (error: unknown) => self.postMessage({ error: String(error) }),
    );
  });
}
