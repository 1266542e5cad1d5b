import { LightningElement, api, wire } from "lwc";
import readCard from "@salesforce/apex/CoachDeal.readCard";

const VERDICTS = {
    established: "Established",
    unproven: "Unproven",
    refuted: "Refuted",
    no_claim: "No claim",
};

/** Shows Coach's card of the opportunity on whose page it stands; all of it as text. */
export default class CoachDeal extends LightningElement {
    /** The opportunity's id, which the record page sets. */
    @api recordId;
    card;
    failure;

    @wire(readCard, { recordId: "$recordId" })
    received({ data, error }) {
        this.card = data;
        this.failure = error ? error.body?.message ?? "Coach cannot be asked right now." : undefined;
    }

    get verdict() {
        const word = VERDICTS[this.card.verdict] ?? this.card.verdict;
        return this.card.close_date ? `${word}: closes by ${this.card.close_date}` : word;
    }

    get otherDate() {
        const now = this.card.crm_close_date;
        return now && now !== this.card.close_date
            ? `Salesforce now says ${now}. The verdict is not about that day.`
            : undefined;
    }

    /** Whose words the quote is; what stalls counts against the deal, however strong it is. */
    get customer() {
        return this.card.quote.direction === "stalls" ? "The customer, against the deal" : "The customer";
    }

    get saidBy() {
        const { who, on } = this.card.quote;
        return [who, on].filter(Boolean).join(", ");
    }

    get missing() {
        return this.card.missing
            .map(({ question, status }) => (status === "partial" ? `${question} (partly)` : question))
            .join(", ");
    }
}
