import { isWebAddress, linksOf, wrongLink } from './links';

describe('links', () => {
  it('reads one address a line', () => {
    expect(linksOf(' https://a.gov.cn \n\n http://b.gov.cn/页\n')).toEqual([
      'https://a.gov.cn',
      'http://b.gov.cn/页',
    ]);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'a.gov.cn', 'ftp://a.gov.cn', 'https://'])(
    'takes %s for no web address',
    (link) => {
      expect(isWebAddress(link)).toBe(false);
      expect(wrongLink(`https://a.gov.cn\n${link}`)).toBe(link);
    },
  );

  it('takes five and no more', () => {
    const five = Array.from({ length: 5 }, (_, i) => `https://a.gov.cn/${i}`);
    expect(wrongLink(five.join('\n'))).toBeNull();
    expect(wrongLink([...five, 'https://a.gov.cn/6'].join('\n'))).toBe('https://a.gov.cn/6');
  });
});
