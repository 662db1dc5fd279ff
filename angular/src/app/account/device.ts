/** Browser and system out of a user agent, for a list in which people recognise their own machines. */
export function describeDevice(userAgent: string | null): string {
  if (!userAgent) {
    return '';
  }
  const browser = firstMatch(userAgent, [
    [/MicroMessenger/, '微信'],
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = firstMatch(userAgent, [
    [/HarmonyOS/, 'HarmonyOS'],
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/UOS/i, 'UOS'],
    [/Kylin/i, 'Kylin'],
    [/Linux/, 'Linux'],
  ]);
  return [browser, system].filter((part) => part !== '').join(' · ');
}

function firstMatch(text: string, patterns: readonly (readonly [RegExp, string])[]): string {
  return patterns.find(([pattern]) => pattern.test(text))?.[1] ?? '';
}
