import { expect, test } from 'vitest';
import { PREDEFINED_PROMPTS } from '../../../../src/core/prompts';
import { CHAT_FORMS } from '../../../../workers/families/chat-forms';
import { plainText } from '../../../../workers/families/family';

const forms = Object.entries(CHAT_FORMS);

test.each(forms)('%s: its placeholder in a question of the user’s is only text', (_, form) => {
  const { placeholder, lastToken = placeholder } = form as {
    placeholder: string;
    lastToken?: string;
  };
  const asked = plainText(`What does ${placeholder} mean, and ${lastToken}?`);
  expect(asked).not.toContain(placeholder);
  expect(asked).not.toContain(lastToken);
});

test('models that read documents are asked in their own words for ours, and in the user’s for his', () => {
  for (const { text } of PREDEFINED_PROMPTS) {
    expect(CHAT_FORMS.glm_ocr.instead(text)).toBe('Text Recognition:');
    expect(CHAT_FORMS.granite_docling.instead(text)).toBe('Convert this page to docling.');
  }
  expect(CHAT_FORMS.glm_ocr.instead('Table Recognition:')).toBe('Table Recognition:');
});

test('DocTags become lines of text', () => {
  const tags =
    '<doctag><page_header><loc_1><loc_2><loc_3><loc_4>Annual report</page_header>\n<text><loc_1><loc_2><loc_3><loc_4>One  line.</text><otsl><ched>Year<ched>Sum<nl><fcel>2025<fcel>3<nl></otsl></doctag>';
  expect(CHAT_FORMS.granite_docling.clean(tags).trim()).toBe(
    'Annual report\nOne line.\nYear Sum 2025 3',
  );
});
