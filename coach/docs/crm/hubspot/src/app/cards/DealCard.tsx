// Coach's card on a deal in HubSpot: asks your Coach for it, and shows it. Nothing is written to HubSpot.

import { Alert, Button, Divider, EmptyState, Flex, Link, LoadingSpinner, StatusTag, Text, hubspot } from '@hubspot/ui-extensions';
import React, { useCallback, useEffect, useState } from 'react';

// Yours; it stands in permittedUrls of app-hsmeta.json, too.
const COACH = 'https://coach.example';

type Verdict = 'established' | 'unproven' | 'refuted' | 'no_claim';

// The fields of coach.card/1 that are shown here.
interface Card {
  deal: number;
  state: 'reviewed' | 'not_reviewed';
  says: string;
  verdict: Verdict | null;
  close_date: string | null;
  crm_close_date: string | null;
  written_on: string | null;
  quote: { quote: string; who: string | null; on: string | null; direction: 'advances' | 'stalls' | 'neutral' } | null;
  missing: { question: string; status: 'missing' | 'partial' }[];
  would_establish: string | null;
  ask: string | null;
}

const VERDICTS: Record<Verdict, { word: string; tone: 'success' | 'warning' | 'danger' | 'default' }> = {
  established: { word: 'Established', tone: 'success' },
  unproven: { word: 'Unproven', tone: 'warning' },
  refuted: { word: 'Refuted', tone: 'danger' },
  no_claim: { word: 'No claim', tone: 'default' },
};

hubspot.extend<'crm.record.sidebar'>(({ context, actions }) => (
  <DealCard deal={String(context.crm.objectId)} copy={actions.copyTextToClipboard} />
));

function DealCard({ deal, copy }: { deal: string; copy: (text: string) => Promise<void> }) {
  const [card, setCard] = useState<Card | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const load = useCallback(async () => {
    setCard(null);
    setProblem(null);
    try {
      // HubSpot adds who looks, and signs it all: no key stands in this file.
      const answer = await hubspot.fetch(`${COACH}/v1/crm/hubspot/cards/${deal}`, { method: 'GET', timeout: 10_000 });
      if (answer.ok) setCard((await answer.json()) as Card);
      else setProblem(said(answer.status));
    } catch {
      setProblem('Coach does not answer.');
    }
  }, [deal]);

  useEffect(() => {
    void load();
  }, [load]);

  if (problem) {
    return (
      <Flex direction="column" gap="sm">
        <Alert title="Coach" variant="warning">
          {problem}
        </Alert>
        <Button onClick={load}>Try again</Button>
      </Flex>
    );
  }
  if (!card) return <LoadingSpinner label="Looking it up…" />;
  if (card.state === 'not_reviewed' || !card.verdict) {
    return (
      <EmptyState title="No note was reviewed yet" layout="vertical">
        <Text>{card.says}</Text>
      </EmptyState>
    );
  }

  const { word, tone } = VERDICTS[card.verdict];
  const { quote, ask } = card;
  const about = quote && [quote.who, quote.on].filter(Boolean).join(', ');
  return (
    <Flex direction="column" gap="sm">
      <StatusTag variant={tone}>{word}</StatusTag>
      <Text>{card.close_date ? `Closes by ${card.close_date}? ${card.says}` : card.says}</Text>
      {card.crm_close_date && card.crm_close_date !== card.close_date && (
        <Text format={{ fontWeight: 'bold' }}>HubSpot now says {card.crm_close_date}. The verdict is not about that day.</Text>
      )}
      <Text variant="microcopy">Note of {card.written_on}</Text>
      <Divider />
      <Text format={{ fontWeight: 'bold' }}>{quote?.direction === 'stalls' ? 'The customer, against the deal' : 'The customer'}</Text>
      <Text>{quote ? `“${quote.quote}”` : 'The note has nothing that the customer did or said.'}</Text>
      {about && <Text variant="microcopy">{about}</Text>}
      {card.missing.length > 0 && (
        <>
          <Divider />
          <Text format={{ fontWeight: 'bold' }}>What is missing</Text>
          <Text>{card.missing.map((one) => (one.status === 'partial' ? `${one.question} (partly)` : one.question)).join(', ')}</Text>
          {card.would_establish && <Text>It would be established by: {card.would_establish}</Text>}
        </>
      )}
      {ask && (
        <>
          <Divider />
          <Text format={{ fontWeight: 'bold' }}>Ask the rep</Text>
          <Text>{ask}</Text>
          <Button size="xs" onClick={() => void copy(ask)}>
            Copy
          </Button>
        </>
      )}
      <Link href={`${COACH}/deal?id=${card.deal}`}>Open in Coach</Link>
    </Flex>
  );
}

function said(status: number): string {
  if (status === 401) return 'Coach does not take the signature of this app. Is its client secret set there?';
  if (status === 403) return 'You have no access to Coach. Ask an admin to let you in by your address.';
  if (status === 404) return 'Coach does not know this deal yet, or it is not one of yours.';
  return 'Coach could not show this deal.';
}
