import type { Finding, Verdict } from '../../../../src/dashboard/api/overview/overviewSchema.ts';
import { formatAddress } from '../../address/address.ts';
import { Badge, type Tone } from '../../components/Badge.tsx';
import { Foreign } from '../../components/Foreign.tsx';
import { Time } from '../../components/Time.tsx';

const MARKS: Readonly<
  Record<Verdict['severity'], { readonly mark: string; readonly tone: Tone; readonly word: string }>
> = {
  good: { mark: '✓', tone: 'good', word: 'good' },
  watch: { mark: '!', tone: 'warning', word: 'watch' },
  bad: { mark: '✕', tone: 'bad', word: 'bad' },
  unknown: { mark: '?', tone: 'neutral', word: 'no data' },
};

/** Is it well; if not, what is not, since when, and where to go. */
export function VerdictBanner({ verdict: { severity, text, findings, unknown } }: { readonly verdict: Verdict }) {
  return (
    <section class={`verdict verdict-${severity}`} aria-labelledby="verdict">
      <div class="verdict-head">
        <span class="verdict-mark" aria-hidden="true">
          {MARKS[severity].mark}
        </span>
        <h2 id="verdict">{text}</h2>
        {unknown.length > 0 && (
          <details class="verdict-gaps">
            <summary>
              {unknown.length === 1 ? '1 thing is not known' : `${unknown.length} things are not known`}
            </summary>
            <ul>
              {unknown.map((what) => (
                <li key={what}>{what}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
      {findings.length > 0 && (
        <ul class="findings">
          {findings.map((finding) => (
            <FindingRow key={`${finding.rule} ${finding.text}`} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FindingRow({
  finding: { severity, text, threshold, sinceMillis, link, rule },
}: {
  readonly finding: Finding;
}) {
  const { tone, word } = MARKS[severity];
  return (
    <li>
      <Badge tone={tone}>{word}</Badge>
      <a href={formatAddress(link)} title={`${rule}: ${threshold}`}>
        <Foreign text={text} />
      </a>
      {sinceMillis !== undefined && (
        <span class="hint">
          since <Time millis={sinceMillis} />
        </span>
      )}
    </li>
  );
}
