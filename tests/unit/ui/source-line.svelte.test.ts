import { cleanup, render } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import SourceLine from '../../../src/ui/detail/SourceLine.svelte';
import { LitClaims } from '../../../src/ui/detail/lit-claims.svelte';
import { claim } from '../core/evidence/claim';

afterEach(cleanup);

test('each claim of the sentence stands behind those that make it', () => {
  const claims = [
    claim('overall', 'image', 'drawing', { modelIds: ['c'] }),
    claim('object', 'cat'),
  ];
  const lit = new LitClaims(() => claims);
  lit.pin({
    text: 'A drawing of a cat.',
    claimIds: claims.map(({ id }) => id),
    origin: 'supported',
  });
  const { container } = render(SourceLine, { lit });
  expect(container.textContent.replace(/\s+/gu, ' ').trim()).toBe(
    'a and b: cat · c: image: drawing',
  );
});
