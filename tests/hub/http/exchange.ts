import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

import type { Services } from '../services';
import { bytesContent } from '../repo/content';
import type { Subject } from '../subject';
import type { RequestRecord } from '../traffic';
import { sendBody } from './send';

type Headers = Readonly<Record<string, string | number>>;

/** A request with its answer, and what is kept about it. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly subject: Subject;
  readonly record: RequestRecord;
  readonly services: Services;
  /** Aborted when the client goes away before the answer is complete. */
  readonly gone: AbortSignal;

  constructor(parts: Pick<Exchange, 'request' | 'response' | 'url' | 'record' | 'services'>) {
    this.request = parts.request;
    this.response = parts.response;
    this.url = parts.url;
    this.record = parts.record;
    this.subject = parts.record;
    this.services = parts.services;
    const controller = new AbortController();
    this.gone = controller.signal;
    this.response.once('close', () => controller.abort());
  }

  get isHead(): boolean {
    return this.request.method === 'HEAD';
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  requestText(): Promise<string> {
    return text(this.request);
  }

  async sendJson(value: unknown, status = 200, headers: Headers = {}): Promise<void> {
    const type = 'application/json; charset=utf-8';
    await this.sendText(JSON.stringify(value), status, { 'Content-Type': type, ...headers });
  }

  async sendText(body: string, status = 200, headers: Headers = {}): Promise<void> {
    const content = bytesContent(new TextEncoder().encode(body));
    this.setHeaders({ 'Content-Type': 'text/plain; charset=utf-8', ...headers });
    this.setHeaders({ 'Content-Length': content.size });
    this.response.statusCode = status;
    await sendBody(this, content, { start: 0, end: content.size });
  }

  async redirect(status: 302 | 307, location: string, headers: Headers): Promise<void> {
    const words = status === 302 ? 'Found' : 'Temporary Redirect';
    this.setHeaders({ ...headers, Location: location });
    await this.sendText(`${words}. Redirecting to ${location}`, status);
  }

  setHeaders(headers: Headers): void {
    for (const [name, value] of Object.entries(headers)) this.response.setHeader(name, value);
  }
}
