const LONGEST = 24;

/**
 * The type that findings carry for a name: `client-number` is CLIENTNUMBER. Placeholders are made of it, so it has capital
 * letters and digits only and stays short. Class rules name types this way too, or they would miss the policy's own.
 */
export const findingType = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9]/g, '')
    .toUpperCase()
    .slice(0, LONGEST);
