import { failures } from '../http/failure';
import type { Route } from '../http/site';
import type { TokenGrant } from '../access';

/** `GET /api/whoami-v2`: whose token it is and what it may do. */
export const whoami: Route = {
  method: 'GET',
  pattern: /^\/api\/whoami-v2$/,
  stage: 'api',
  async answer(exchange) {
    const caller = exchange.services.access.caller(exchange.header('authorization'));
    if (caller.kind === 'anonymous') throw failures.unauthorized();
    if (caller.kind === 'invalid') throw failures.invalidToken();
    await exchange.sendJson(whoamiJson(caller.grant));
  },
};

function whoamiJson({ user, role = 'read' }: TokenGrant): object {
  const createdAt = '2026-01-01T00:00:00.000Z';
  return {
    type: 'user',
    id: Buffer.from(user).toString('hex').padEnd(24, '0').slice(0, 24),
    name: user,
    fullname: user,
    email: `${user}@example.org`,
    emailVerified: true,
    canPay: false,
    billingMode: 'prepaid',
    periodEnd: null,
    isPro: false,
    avatarUrl: `/avatars/${user}.svg`,
    orgs: [],
    auth: { type: 'access_token', accessToken: { displayName: 'test', role, createdAt } },
  };
}
