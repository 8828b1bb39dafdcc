import { expect, it } from 'vitest';
import { type SmallRegister, smallRegister } from '../model/testing/small-register.ts';
import { type PublicRegister, publicProposal, publicRegister } from './public-register.ts';
import { HIDDEN, NASTY, YEAR_STEPS } from './testing/a-year.ts';
import { everyFile, everyPage } from './testing/every-page.ts';

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

function viewOf(register: SmallRegister): PublicRegister {
  const view = publicRegister(register.state(), '2026-10-08', (one) => publicProposal(one, dayOf));
  if (!view) throw new Error('the register has not begun');
  return view;
}

const everything = async (register: SmallRegister) =>
  new Map([...(await everyPage(viewOf(register))), ...(await everyFile(viewOf(register)))]);

it('every page, feed and file shows what was released, cleared and frozen, and nothing before: not a word, not a number', async () => {
  const register = smallRegister();
  let before = await everything(register);
  for (const { what, shows, by, second, act } of YEAR_STEPS) {
    const decision = register.act(act(register), by, second);
    if (!decision.ok) throw new Error(`${what}: ${decision.reason}`);
    const after = await everything(register);
    const isSame = JSON.stringify([...after]) === JSON.stringify([...before]);
    expect({ what, shows: !isSame }).toEqual({ what, shows });
    for (const [path, text] of after) expect(text.includes(HIDDEN) ? `${what} on ${path}` : '').toBe('');
    before = after;
  }
  const pages = [...before.keys()];
  expect(pages).toContain('/projects/a?lang=en');
  expect(pages).toContain('/proposals/2027-000000A');
  // C was never cleared.
  expect(pages.filter((path) => path.includes('000000C'))).toEqual([]);
  expect(before.get('/proposals/2027-000000A')).toContain('入选，143 / 164 票');
  expect(before.get('/projects/b?lang=en')).toContain('Not chosen, 30 / 164 votes');
});

it('whatever somebody writes is text on every page', async () => {
  const register = smallRegister();
  for (const { by, second, act } of YEAR_STEPS) register.act(act(register), by, second);
  const pages = await everyPage(viewOf(register));
  const written = [...pages.values()].filter((text) => text.includes('&lt;script&gt;'));
  expect(written.length).toBeGreaterThan(10);
  for (const text of pages.values()) {
    expect(text).not.toContain(NASTY);
    expect(text).not.toMatch(/<script(?! src="\/public\.js" defer>)|<[^>]*\son\w+=|javascript:/);
  }
});
