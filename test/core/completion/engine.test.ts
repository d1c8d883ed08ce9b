import { describe, expect, it } from 'vitest';
import { createTypist, type Saying, type Typist } from './typist.ts';

const LINE = 'const size = measure(shape);';
/** The model knows the line from every place in it, and says the rest of it after 250 ms. */
const fromAnywhere = (line: string): readonly Saying[] =>
  Array.from({ length: line.length + 1 }, (_, at) => ({
    after: line.slice(0, line.length - at),
    says: [250, line.slice(line.length - at)],
  })).filter(({ after }) => after.length > 0);

interface Scene {
  readonly name: string;
  readonly model: readonly Saying[];
  readonly prefix?: string;
  readonly suffix?: string;
  readonly play: (typist: Typist) => Promise<void>;
}

const scenes: readonly Scene[] = [
  {
    name: 'one request serves a whole line that is typed as it says',
    model: [...fromAnywhere(LINE)],
    async play(typist) {
      await typist.type('con');
      expect(typist.shown()).toBe('st size = measure(shape);');
      await typist.type('st size', 90);
      expect(typist.shown()).toBe(' = measure(shape);');
      expect(typist.asked).toEqual(['c']);
    },
  },
  {
    name: 'keys during the request do not start another',
    model: fromAnywhere(LINE),
    async play(typist) {
      await typist.type('cons', 60);
      expect(typist.shown()).toBeUndefined();
      await typist.wait(50);
      expect(typist.shown()).toBe('t size = measure(shape);');
      expect(typist.asked).toHaveLength(1);
    },
  },
  {
    name: 'a slip that is taken back costs no request',
    model: fromAnywhere(LINE),
    async play(typist) {
      await typist.type('const');
      await typist.type('x', 400);
      expect(typist.shown()).toBeUndefined();
      typist.back();
      await typist.wait(1);
      expect(typist.shown()).toBe(' size = measure(shape);');
      expect(typist.asked).toHaveLength(1);
    },
  },
  {
    name: 'one other character is asked about after a while, two at once',
    model: [{ after: 'letx', says: [10, ' = 1;'] }, { after: 'le', says: [10, ' 2;'] }, ...fromAnywhere('l = 3')],
    async play(typist) {
      await typist.type('l', 300);
      await typist.type('e', 500);
      expect(typist.asked).toEqual(['l']);
      await typist.wait(150);
      expect(typist.asked).toEqual(['l', 'le']);
      expect(typist.shown()).toBe(' 2;');
      typist.key('t');
      typist.key('x');
      await typist.wait(20);
      expect(typist.shown()).toBe(' = 1;');
    },
  },
  {
    name: 'at most two requests are under way, and the oldest gives way',
    model: [{ after: '', says: [5000, 'late'] }],
    async play(typist) {
      for (const other of ['a', 'b', 'c']) {
        await typist.type(other, 10);
        typist.back();
      }
      expect(typist.asked).toEqual(['a', 'b', 'c']);
      expect(typist.aborted).toEqual(['a']);
    },
  },
  {
    name: 'a request is aborted once its text so far says something else',
    model: [
      { after: 'a', says: ['bbb\n', 5000, 'c'] },
      { after: 'x', says: [10, 'yz'] },
    ],
    async play(typist) {
      await typist.type('ab.', 10);
      expect(typist.aborted).toEqual([]);
      await typist.type('x', 20);
      expect(typist.aborted).toEqual(['a']);
      expect(typist.shown()).toBe('yz');
    },
  },
  {
    name: 'a request outlives its caller, and its text is found later',
    model: fromAnywhere(LINE),
    async play(typist) {
      typist.key('c');
      typist.trigger('moved');
      await typist.wait(300);
      expect(typist.shown()).toBe('onst size = measure(shape);');
      expect(typist.aborted).toEqual([]);
    },
  },
  {
    name: 'moving the cursor asks nothing, asking for it does',
    model: fromAnywhere(LINE),
    prefix: 'const',
    async play(typist) {
      typist.trigger('moved');
      await typist.wait(1000);
      expect(typist.asked).toEqual([]);
      typist.trigger('explicit');
      await typist.wait(300);
      expect(typist.shown()).toBe(' size = measure(shape);');
    },
  },
  {
    name: 'the end of a line brings the next one, asked for before it is reached',
    model: [...fromAnywhere(LINE), { after: `${LINE}\n`, says: [200, 'use(size);'] }],
    async play(typist) {
      await typist.type(LINE.slice(0, -1));
      expect(typist.asked).toEqual(['c', `${LINE}\n`.slice(-12)]);
      typist.key(';');
      await typist.wait(1);
      expect(typist.shown()).toBe('\nuse(size);');
      typist.key('\n');
      await typist.wait(1);
      expect(typist.shown()).toBe('use(size);');
    },
  },
  {
    name: 'accepting a line asks for the next one',
    model: [...fromAnywhere(LINE), { after: `${LINE}\n`, says: [200, 'use(size);'] }],
    async play(typist) {
      await typist.type('con');
      typist.accept();
      await typist.wait(250);
      expect(typist.shown()).toBe('\nuse(size);');
    },
  },
  {
    name: 'nothing is asked where the model has said all it had to say',
    model: [{ after: 'a', says: [10, 'bc'] }],
    suffix: ' // rest\n',
    async play(typist) {
      await typist.type('abc');
      await typist.wait(1000);
      expect(typist.shown()).toBeUndefined();
      expect(typist.asked).toEqual(['a']);
    },
  },
  {
    name: 'what was dismissed stays away until it is asked for',
    model: fromAnywhere(LINE),
    async play(typist) {
      await typist.type('cons');
      typist.dismiss();
      typist.trigger('moved');
      await typist.wait(300);
      expect(typist.shown()).toBeUndefined();
      typist.trigger('explicit');
      await typist.wait(1);
      expect(typist.shown()).toBe('t size = measure(shape);');
    },
  },
  {
    name: 'failures are followed by silence that grows, and insisting breaks it',
    model: [{ after: '', says: [10, { failed: true }] }],
    async play(typist) {
      await typist.type('abcdefgh', 30);
      expect(typist.asked).toHaveLength(1);
      await typist.wait(500);
      await typist.type('ijkl', 30);
      expect(typist.asked).toHaveLength(2);
      typist.trigger('explicit');
      await typist.wait(20);
      expect(typist.asked).toHaveLength(3);
    },
  },
  {
    name: 'a slow answer is shown from its first line on, and only ever extended',
    model: [{ after: 'f', says: [350, 'irst();\n', 500, 'second();\n', 500, 'third();'] }],
    async play(typist) {
      await typist.type('f', 400);
      expect(typist.shown()).toBe('irst();');
      await typist.type('i', 500);
      expect(typist.shown()).toBe('rst();');
      await typist.wait(600);
      expect(typist.extended).toEqual(['file:///a.ts']);
      typist.trigger('moved');
      await typist.wait(1);
      expect(typist.shown()).toBe('rst();\nsecond();\nthird();');
      expect(typist.asked).toHaveLength(1);
    },
  },
  {
    name: 'the connection is given up once the cut is decided',
    model: [{ after: 'return ', says: [10, '1;\n}\n\nfunction g() {\n  return 2;\n', 10_000, '}'] }],
    prefix: 'function f() {\n  return',
    suffix: '\n}\n',
    async play(typist) {
      await typist.type(' ', 50);
      expect(typist.shown()).toBe('1;');
      expect(typist.aborted).toHaveLength(1);
    },
  },
  {
    name: 'a busy endpoint is not asked at every key',
    model: [{ after: '', says: [10] }],
    async play(typist) {
      typist.engine.busy(5000);
      await typist.type('qwerty', 100);
      expect(typist.asked).toEqual([]);
      await typist.wait(100);
      expect(typist.asked).toEqual(['qwerty']);
    },
  },
  {
    name: 'a document with Windows line ends is typed through too',
    model: [{ after: '{\r\n  f', says: [10, 'irst();\n  second();'] }],
    prefix: 'function f() {\r\n  ',
    suffix: '\r\n}\r\n',
    async play(typist) {
      await typist.type('f', 50);
      expect(typist.shown()).toBe('irst();\r\n  second();');
      await typist.type('irst();', 50);
      typist.key('\r\n  ');
      await typist.wait(1);
      expect(typist.shown()).toBe('second();');
    },
  },
  {
    name: 'a closed document is forgotten',
    model: fromAnywhere(LINE),
    async play(typist) {
      await typist.type('cons');
      typist.engine.forget('file:///a.ts');
      typist.trigger('moved');
      await typist.wait(300);
      expect(typist.shown()).toBeUndefined();
    },
  },
];

describe('completion engine', () => {
  it.each(scenes)('$name', async ({ model, prefix = '', suffix = '\n', play }) => {
    await play(createTypist(model, { prefix, suffix }));
  });
});
