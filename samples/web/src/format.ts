// Intl's default number of decimals follows everyday use: none for HUF or IDR, which have two in the API.
const withoutDecimals = new Set(
  'bif clp djf gnf isk jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '),
);
const withThreeDecimals = new Set('bhd jod kwd omr tnd'.split(' '));

/** An amount in the currency's smallest unit, as in the API. */
export function money(amount: number, currency: string): string {
  const decimals = withoutDecimals.has(currency) ? 0 : withThreeDecimals.has(currency) ? 3 : 2;
  return new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(amount / 10 ** decimals);
}

/** A time, or a time range, in the venue's time zone. */
export function time(timeZone: string, start: string, end: string | null = null): string {
  const format = clock(timeZone);
  return end ? format.formatRange(new Date(start), new Date(end)) : format.format(new Date(start));
}

function clock(timeZone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'short', day: 'numeric', month: 'short', year: 'numeric',
    hour: 'numeric', minute: '2-digit', timeZoneName: 'short',
  };
  try {
    return new Intl.DateTimeFormat(undefined, { ...options, timeZone });
  } catch {
    // The browser does not know the time zone yet.
    return new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' });
  }
}
