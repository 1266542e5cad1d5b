/* <deal-coach> of Coach; sources f2e96e8e918d70825059fd90835fa5a772003420fd125af62b1a4f5f28e436ab */
(()=>{var Se="en-GB",l={form:{busy:"Reading…",keys:"or {key} + Enter"},component:{modelReads:"Read by the embedded engine so far; the model’s reading comes next.",modelFailed:"This is the embedded engine’s reading; the model’s did not come: {detail}",replaced:"The model’s reading is here. {verdict}. {explanation}",nothing:"No review of this deal is kept yet."},correcting:{start:"Not right?",which:"What is it?",sending:"Sending…",corrected:"Corrected to: {kind}",stays:"Kept beside the review, which stays as it was read.",again:"Not right either?"},errors:{unreachable:"Coach does not answer. Check that it is still running, then try again.",signedOut:"Your sign-in has ended. Open Coach in another tab, sign in there, and try again here: nothing on this page is lost.",slow:"Coach took too long to answer. Try again, or send less text.",unclear:"Coach gave an answer that this page cannot read. Reload the page and try again.",tooLarge:"This file is larger than 2 MB. Paste the part of it that matters.",badDate:"One of the dates is not complete."},review:{region:"Deal review",untitled:"Deal review",writtenOn:"Note written {date}",edit:"Edit note",fresh:"New note",skip:"Skip the note",ready:"Review ready. {verdict}. {explanation}",documentTitle:"{verdict}: {deal}"},verdict:{claim:"The claim: closes by {date}",claimUndated:"The claim: the close date in the note",noClaim:"The claim",words:{established:"Established",unproven:"Unproven",refuted:"Refuted",no_claim:"No claim"},icons:{established:"✓",unproven:"?",refuted:"✕",no_claim:"–"},because:"Because the note says",wouldEstablish:"What would establish it",refuter:"What would refute it",refuterBy:"By {date}"},questions:{region:"The four buyer questions",titles:{problem:"Problem",criteria:"Criteria",action:"Action",process:"Process"},asks:{problem:"What problems do they have that we can solve?",criteria:"What does each decision maker judge by?",action:"What have they done so far to evaluate this?",process:"What is their timeline and way to a decision?"},status:{answered:"Answered",partial:"Partly",missing:"Missing"},evidence:{one:"1 statement",other:"{count} statements"},noEvidence:"Nothing in the note"},note:{title:"The note",quotes:"From the note",hint:"Point at, tap or tab to a mark to see why it counts.",none:"Nothing in this note bears on whether, why, how or when the customer buys.",buyer:"The customer did or said",seller:"We did, believe or hope"},evidence:{kinds:{buyer_action:"Customer’s act",buyer_commitment:"Customer’s commitment",buyer_statement:"Customer’s words",seller_action:"Our act",seller_opinion:"Our opinion"},noFinding:"No evidence at all",label:"{kind}: {quote}",grade:"Strength {grade} of 5",who:"Who",when:"When",direction:"Effect",directions:{advances:"Moves the deal forward",stalls:"Counts against the deal",neutral:"Neither for nor against"},informs:"Tells about",unsure:"Not sure: the reader may have this wrong. Look at the words yourself.",why:{buyer_action:{checked:"The customer’s own act, and the note says who did what, so you can check it. There is no stronger evidence.",unchecked:"An act of the customer’s, but the note does not say who did what, so it cannot be checked yet.",neutral:"An act of the customer’s that by itself moves nothing."},buyer_commitment:{checked:"Somebody there agreed to do this. It is strong evidence once it is done.",unchecked:"A promise, but the note does not say who will do what. Find out, then see it kept."},buyer_statement:{checked:"Their own words, and the note says whose. Words tell what they need; acts show that they buy.",unchecked:"Their words, but the note does not say whose. Find out who said it."},seller_action:"Our own work. It shows effort, not that the customer is buying.",seller_opinion:"What our side believes or hopes. It is no evidence that the customer is buying."}},coaching:{asks:"What to ask",noAsks:"Nothing is left open. Ask what could still go wrong.",copyLabel:"Copy question {number}",copyAll:"Copy all",seeInNote:"See in note",seeLabel:"See in note: question {number}",focus:"The one focus",balance:"Whose note is it?",balanceText:"Customer {buyer} : {seller} us",balanceWhy:"Statements about what the customer did or said, against those about us."},copying:{copy:"Copy",copied:"Copied",copiedAloud:"Copied to the clipboard",notCopied:"Not copied: the browser did not allow it"},notices:"Before you rely on this",print:"Print",provenanceModel:"Read by {model} in {duration} ms, {cost}; rubric {rubric} version {version}.",cost:{cached:"bought earlier, nothing spent now",unknown:"cost unknown",known:"for ${cost}"},provenance:"Read in {duration} ms by the {engine} engine, rubric {rubric} version {version}.",sent:"Sent from this machine: {count} × the text in its prompt, to {models} (SHA-256 {hashes}…), nothing taken out.",sentRedacted:"Sent from this machine: {count} × the text in its prompt, to {models} (SHA-256 {hashes}…), without {taken}.",redacted:{email:"mail addresses",phone:"phone numbers",card:"card numbers",iban:"account numbers",id:"identity numbers",person:"names"},engines:{local:"embedded",llm:"model"}};function w(n,e){return n.replace(/\{(\w+)\}/g,(t,o)=>String(e[o]))}function N(n,e="long"){if(!n)return null;let t={day:"numeric",month:e,year:"numeric",timeZone:"UTC"};return new Intl.DateTimeFormat(Se,t).format(new Date(`${n}T00:00:00Z`))}function ie({one:n,other:e},t){return w(t===1?n:e,{count:t})}var C=class extends Error{name="Failure";constructor(e,t=[],o=null,r=null){super(e),this.fields=t,this.proposal=o,this.code=r}};function V(n){return new C(n.name==="TimeoutError"?l.errors.slow:l.errors.unreachable)}async function F(n){let e;try{e=await n.json()}catch{throw new C(l.errors.unclear)}if(n.ok)return e;throw n.status===401?new C(l.errors.signedOut,[],null,e.code):J(e)}function J({detail:n,errors:e=[],proposal:t,code:o}){let r=e.map(s=>s.loc.slice(1).join("."));return new C(n??l.errors.unclear,r,t,o)}function i(n,e={},...t){let o=document.createElement(n);for(let[r,s]of Object.entries(e))r.startsWith("on")?o.addEventListener(r.slice(2),s):s===!0?o.setAttribute(r,""):s!==!1&&s!=null&&o.setAttribute(r,s);return o.append(...t.flat(2).filter(r=>r!=null)),o}function q(n,e="center"){let t=matchMedia("(prefers-reduced-motion: reduce)").matches;n.focus({preventScroll:!0}),n.scrollIntoView({block:e,behavior:t?"auto":"smooth"})}function A(n,e=document.body){e.getRootNode().getElementById("announcer").textContent=n}var se=`/* A deal review, on Coach's pages and, as the component <deal-coach>, on any other. Calm and readable first. Two hues carry
   meaning: the customer's evidence stands out, our own side stays muted. A host sets any --coach-… of these. */

:root, :host {
  color-scheme: light dark;
  --page: var(--coach-page, light-dark(#faf9f7, #14171b));
  --panel: var(--coach-panel, light-dark(#ffffff, #1c2026));
  --ink: var(--coach-ink, light-dark(#1c2127, #e8eaed));
  --muted: var(--coach-muted, light-dark(#59626d, #a4adb8));
  --line: var(--coach-line, light-dark(#e2dfd9, #333a43));
  --accent: var(--coach-accent, light-dark(#17567c, #8cc8ec));
  --accent-ink: var(--coach-accent-ink, light-dark(#ffffff, #0d2230));
  --accent-soft: var(--coach-accent-soft, light-dark(#eaf2f7, #1d2f3b));
  --buyer: var(--coach-buyer, light-dark(#d3e8f5, #174560));
  --buyer-edge: var(--coach-buyer-edge, light-dark(#2a7cab, #6bb7e3));
  --seller: var(--coach-seller, light-dark(#efeae1, #38342c));
  --seller-edge: var(--coach-seller-edge, light-dark(#9a8a6f, #a8977a));
  --good: var(--coach-good, light-dark(#1b6a49, #7fd0a8));
  --good-soft: var(--coach-good-soft, light-dark(#e7f4ed, #172b22));
  --open: var(--coach-open, light-dark(#7f5607, #e5bd6a));
  --open-soft: var(--coach-open-soft, light-dark(#fcf4e2, #2e2615));
  --bad: var(--coach-bad, light-dark(#a0372a, #f2a196));
  --bad-soft: var(--coach-bad-soft, light-dark(#fcecea, #351e1b));
  --none: var(--coach-none, light-dark(#545d67, #b0b8c1));
  --none-soft: var(--coach-none-soft, light-dark(#eff0f1, #262b32));
  --shadow: 0 6px 24px light-dark(rgb(20 30 40 / 14%), rgb(0 0 0 / 55%));
  --round: var(--coach-round, 12px);
}

*, ::before, ::after { box-sizing: border-box; }

h1, h2, h3, p, ul, ol, dl, dd, fieldset { margin: 0; padding: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; letter-spacing: -0.01em; }
h2 { font-size: 1.1rem; line-height: 1.35; }
h3 { font-size: 0.875rem; color: var(--muted); font-weight: 600; }
fieldset { border: 0; min-width: 0; }
[hidden] { display: none !important; }

:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
:is(h2, li, section, div)[tabindex="-1"]:focus { outline: none; }

.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

.hint { color: var(--muted); font-size: 0.875rem; }
.eyebrow { color: var(--muted); font-size: 0.875rem; font-weight: 600; }

/* Controls */

button { font: inherit; color: inherit; }
button { cursor: pointer; }
button:disabled { cursor: default; }

.quiet {
  min-height: 2.5rem;
  padding: 0.35rem 0.9rem;
  border: 1px solid var(--line);
  border-radius: 999px;
  background: var(--panel);
  font-size: 0.9375rem;
}
.quiet:hover { border-color: var(--accent); color: var(--accent); }

.link { padding: 0.25rem 0; border-radius: 4px; border: 0; background: none; color: var(--accent); font-size: 0.875rem; text-decoration: underline; text-underline-offset: 3px; }
.actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }

/* The review */

.review { display: grid; gap: 1.25rem; }
.review-head, .section-head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1.5rem; }
.panel { padding: clamp(1.1rem, 2.5vw, 1.75rem); border: 1px solid var(--line); border-radius: var(--round); background: var(--panel); }
.columns { display: grid; grid-template-columns: minmax(0, 1.45fr) minmax(19rem, 1fr); gap: 1.25rem; align-items: start; }
.coaching { display: grid; gap: 1.25rem; }

.verdict { --tone: var(--none); --tone-soft: var(--none-soft); display: grid; grid-template-columns: minmax(0, 1.45fr) minmax(19rem, 1fr); gap: 1.25rem 2.5rem; border-color: transparent; background: var(--tone-soft); }
.verdict.established { --tone: var(--good); --tone-soft: var(--good-soft); }
.verdict.unproven { --tone: var(--open); --tone-soft: var(--open-soft); }
.verdict.refuted { --tone: var(--bad); --tone-soft: var(--bad-soft); }
.verdict h2 { display: flex; align-items: center; gap: 0.6rem; margin-block: 0.3rem 0.5rem; color: var(--tone); font-size: 2rem; line-height: 1.2; letter-spacing: -0.015em; }
.verdict .icon { display: grid; place-items: center; flex: none; width: 2.1rem; height: 2.1rem; border-radius: 50%; background: var(--tone); color: var(--tone-soft); font-size: 1.2rem; }
.verdict .eyebrow, .verdict h3 { color: var(--ink); opacity: 0.8; }
.explanation { font-size: 1.0625rem; max-width: 60ch; }
.verdict h3 { margin-top: 1rem; margin-bottom: 0.4rem; }
.ways h3:first-child { margin-top: 0.2rem; }
.ways ul { padding-left: 1.15rem; display: grid; gap: 0.35rem; }

.quotes { display: grid; gap: 0.4rem; list-style: none; }
.quote { padding: 0.3rem 0.65rem; border: 0; border-left: 3px solid var(--buyer-edge); border-radius: 4px; background: var(--buyer); text-align: start; }
.quote.seller { border-left-color: var(--seller-edge); border-left-style: dashed; background: var(--seller); }
.quote::before { content: "“"; }
.quote::after { content: "”"; }
.quote:hover { text-decoration: underline; text-underline-offset: 3px; }

.notices { padding: 0.8rem 1.1rem; border-left: 4px solid var(--open); border-radius: 6px; background: var(--open-soft); }
.notices h2 { font-size: 1rem; }
.notices ul { padding-left: 1.15rem; }

.strip { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0.75rem; }
.cell { display: grid; align-content: start; gap: 0.15rem; padding: 0.9rem 1.1rem; border: 1px solid var(--line); border-radius: var(--round); background: var(--panel); text-align: start; }
.cell:not(:disabled):hover { border-color: var(--accent); }
.cell .status { display: flex; align-items: center; gap: 0.45rem; font-size: 0.875rem; font-weight: 650; }
.cell strong { font-size: 1.1rem; }
.cell .asked { font-size: 0.9375rem; line-height: 1.4; }
.cell .hint { margin-top: 0.25rem; }
.cell.answered .status { color: var(--good); }
.cell.partial .status { color: var(--open); }
.cell.missing .status { color: var(--bad); }
.ring { position: relative; width: 0.95rem; height: 0.95rem; border: 2px solid currentcolor; border-radius: 50%; overflow: hidden; }
.answered .ring { background: currentcolor; }
.partial .ring::before { content: ""; position: absolute; inset: 0 50% 0 0; background: currentcolor; }

.legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; list-style: none; font-size: 0.875rem; }
.legend li { display: flex; align-items: center; gap: 0.45rem; }
.swatch { width: 1.4rem; height: 1rem; border-radius: 3px 3px 0 0; }
.swatch.buyer, mark.buyer { background: var(--buyer); border-bottom: 2px solid var(--buyer-edge); }
.swatch.seller, mark.seller { background: var(--seller); border-bottom: 2px dashed var(--seller-edge); }

.marked { position: relative; margin-top: 1rem; }
.text { font-size: 1.0625rem; line-height: 1.95; white-space: pre-wrap; }
mark { padding: 0.1em 0.12em; border-radius: 3px 3px 0 0; color: inherit; cursor: pointer; }
mark:hover, mark.lit { filter: brightness(0.95); }
mark.lit { outline: 2px solid var(--buyer-edge); outline-offset: 1px; }
mark:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }

.card { position: absolute; z-index: 2; width: min(22rem, 100%); display: grid; gap: 0.5rem; padding: 0.9rem 1.1rem; border: 1px solid var(--line); border-radius: var(--round); background: var(--panel); box-shadow: var(--shadow); font-size: 0.9375rem; line-height: 1.45; }
.kind { justify-self: start; padding: 0.1rem 0.6rem; border-radius: 999px; font-weight: 650; }
.kind.buyer, .bar .buyer { background: var(--buyer); }
.kind.seller, .bar .seller { background: var(--seller); }
.grade { display: flex; align-items: center; gap: 0.6rem; }
.dots { display: flex; gap: 3px; }
.dots i { width: 0.6rem; height: 0.6rem; border: 1.5px solid var(--buyer-edge); border-radius: 50%; }
.dots .on { background: var(--buyer-edge); }
.card dl { display: grid; gap: 0.15rem; }
.card dl div { display: grid; grid-template-columns: 6rem 1fr; }
.card dt { color: var(--muted); }

.correct { display: grid; gap: 0.5rem; justify-items: start; }
.correct:not(:empty) { padding-top: 0.5rem; border-top: 1px solid var(--line); }
.corrected-to { font-weight: 650; }
.kinds { display: flex; flex-wrap: wrap; gap: 0.4rem; }
.kinds .kind { min-height: 2rem; border: 1px solid var(--line); font-weight: 400; }
.kinds .kind:hover { border-color: var(--accent); }
.kinds .none { background: var(--none-soft); color: var(--none); }
mark.corrected { border-bottom-style: double; border-bottom-width: 4px; }
mark.none { background: none; border-bottom-color: var(--none); }
.failed, .problem { padding: 0.5rem 0.8rem; border-left: 4px solid var(--bad); border-radius: 6px; background: var(--bad-soft); }

.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; display: inline-block; margin-top: 0.5rem; color: var(--accent); }

.asks ol { display: grid; gap: 1.1rem; margin-top: 1rem; padding-left: 1.4rem; }
.asks li::marker { color: var(--muted); font-weight: 600; }
.asks li:focus { background: var(--accent-soft); box-shadow: 0 0 0 0.5rem var(--accent-soft); border-radius: 2px; }
.ask-foot { display: flex; flex-wrap: wrap; align-items: center; gap: 0.2rem 0.9rem; margin-top: 0.2rem; }
.tag { padding: 0 0.6rem; border-radius: 999px; background: var(--none-soft); color: var(--none); font-size: 0.8125rem; }

.focus { border-color: var(--accent); }
.focus h2 { margin-block: 0.15rem 0.5rem; font-size: 1.25rem; }
.focus .act { margin-top: 0.6rem; font-weight: 600; }

.bar { display: flex; height: 0.8rem; margin-block: 0.7rem 0.5rem; border-radius: 999px; overflow: hidden; background: var(--none-soft); }
.bar .buyer { background: var(--buyer-edge); }
.bar .seller { background: var(--seller-edge); opacity: 0.55; }
.provenance { text-align: end; }

@container (max-width: 790px) {
  .columns, .verdict { grid-template-columns: minmax(0, 1fr); }
  .strip { grid-template-columns: repeat(2, minmax(0, 1fr)); }
}

@container (max-width: 520px) {
  .cell { padding: 0.75rem 0.85rem; }
  .cell .asked { font-size: 0.875rem; }
}

@container (max-width: 320px) {
  .strip { grid-template-columns: minmax(0, 1fr); }
}

@media print {
  :root, :host { color-scheme: light; }
  .actions, .copy, .link, .skip, .card, .note > .hint { display: none !important; }
  .columns, .verdict { grid-template-columns: 1fr; }
  .panel, .cell, .notices { break-inside: avoid; }
  mark, .swatch, .verdict, .bar span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;var L=class extends Error{constructor(e,t){super(e),this.name="ParseError",this.type=t.type,this.field=t.field,this.value=t.value,this.line=t.line}};var P=10,W=13,R=32,ae=6;function de(n){if(typeof n=="function")throw new TypeError("`config` must be an object, got a function instead. Did you mean `createParser({onEvent: fn})`?");let{maxBufferSize:e,onComment:t,onError:o,onEvent:r,onId:s,onRetry:u}=n,h=[],d=0,p="",b,f="",v=0,x,$=!1,S=!1,T=!1;function xe(a){if($)throw new Error("Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing.");if(p!==void 0){if(a=p+a,a===""||a==="ï"||a==="ï»"){p=a;return}p=void 0,a=a.replace(/^(?:\uFEFF|\xEF\xBB\xBF)/,"")}if((S||T)&&(a=ke(a),!a))return;if(!h.length){let m=ne(a);m!==""&&ee(m),_();return}if(a.indexOf(`
`)===-1&&a.indexOf("\r")===-1){if(d<ae){let m=h.join("")+a.slice(0,ae-d);if(!te(m)){h.length=0,d=0,S=!0;return}}h.push(a),d+=a.length,_();return}h.push(a);let c=h.join("");h.length=0,d=0,ee(ne(c)),_()}function ke(a){if(a.length===0)return a;if(T)return T=!1,a.charCodeAt(0)===P?a.slice(1):a;let c=a.indexOf("\r"),m=a.indexOf(`
`),y=c===-1?m:m===-1||c<m?c:m;return y===-1?"":y===a.length-1&&a.charCodeAt(y)===W?(S=!1,T=!0,""):(S=!1,a.slice(y+(a.charCodeAt(y)===W&&a.charCodeAt(y+1)===P?2:1)))}function ee(a){if(a){if(a.charCodeAt(a.length-1)===W){if(j(a,0,a.length-1),_())return;T=!0;return}if(te(a)){h.push(a),d=a.length;return}S=!0}}function te(a){let c=a.charCodeAt(0);return c===58&&!!t||c===100&&M(a,"data")||c===101&&M(a,"event")||c===105&&M(a,"id")||c===114&&M(a,"retry")}function _(){return $?!0:e===void 0||d+f.length<=e?!1:($=!0,h.length=0,d=0,b=void 0,f="",v=0,x=void 0,S=!1,T=!1,o?.(new L(`Buffered data exceeded max buffer size of ${e} characters`,{type:"max-buffer-size-exceeded"})),!0)}function ne(a){let c=0;if(a.indexOf("\r")===-1){let g=a.indexOf(`
`,c);for(;g!==-1;){if(c===g){b!==void 0&&s?.(b),v>0&&r?.({id:b,event:x,data:f}),b=void 0,f="",v=0,x=void 0,c=g+1,g=a.indexOf(`
`,c);continue}let O=a.charCodeAt(c);if(ce(a,c,O)){let G=a.charCodeAt(c+5)===R?c+6:c+5,z=a.slice(G,g);if(v===0&&a.charCodeAt(g+1)===P){b!==void 0&&s?.(b),r?.({id:b,event:x,data:z}),b=void 0,f="",x=void 0,c=g+2,g=a.indexOf(`
`,c);continue}f=v===0?z:`${f}
${z}`,v++}else le(a,c,O)?x=a.slice(a.charCodeAt(c+6)===R?c+7:c+6,g)||void 0:j(a,c,g);if(_())return"";c=g+1,g=a.indexOf(`
`,c)}return a.slice(c)}let m=a.indexOf("\r",c),y=a.indexOf(`
`,c);for(;c<a.length;){let g=-1;if(m!==-1&&y!==-1?g=m<y?m:y:m!==-1?m===a.length-1?g=-1:g=m:y!==-1&&(g=y),g===-1)break;if(j(a,c,g),_())return"";c=g+1,a.charCodeAt(c-1)===W&&a.charCodeAt(c)===P&&c++,m!==-1&&m<c&&(m=a.indexOf("\r",c)),y!==-1&&y<c&&(y=a.indexOf(`
`,c))}return a.slice(c)}function j(a,c,m){if(c===m){Ce();return}let y=a.charCodeAt(c);if(ce(a,c,y)){let I=a.charCodeAt(c+5)===R?c+6:c+5,re=a.slice(I,m);f=v===0?re:`${f}
${re}`,v++;return}if(le(a,c,y)){x=a.slice(a.charCodeAt(c+6)===R?c+7:c+6,m)||void 0;return}if(y===105&&a.charCodeAt(c+1)===100&&a.charCodeAt(c+2)===58){let I=a.slice(a.charCodeAt(c+3)===R?c+4:c+3,m);I.includes("\0")||(b=I);return}if(y===58){if(t){let I=a.slice(c,m);t(I.slice(a.charCodeAt(c+1)===R?2:1))}return}let g=a.slice(c,m),O=g.indexOf(":");if(O===-1){oe(g,"",g);return}let G=g.slice(0,O),z=g.charCodeAt(O+1)===R?2:1,Ee=g.slice(O+z);oe(G,Ee,g)}function oe(a,c,m){switch(a){case"event":x=c||void 0;break;case"data":f=v===0?c:`${f}
${c}`,v++;break;case"id":c.includes("\0")||(b=c);break;case"retry":/^\d+$/.test(c)?u?.(parseInt(c,10)):o?.(new L(`Invalid \`retry\` value: "${c}"`,{type:"invalid-retry",value:c,line:m}));break;default:o?.(new L(`Unknown field "${a.length>20?`${a.slice(0,20)}…`:a}"`,{type:"unknown-field",field:a,value:c,line:m}));break}}function Ce(){b!==void 0&&s?.(b),v>0&&r?.({id:b,event:x,data:f}),b=void 0,f="",v=0,x=void 0}function Ae(a={}){if(a.consume&&h.length>0){let c=h.join("");j(c,0,c.length)}p="",b=void 0,f="",v=0,x=void 0,h.length=0,d=0,$=!1,S=!1,T=!1}return{feed:xe,reset:Ae}}function ce(n,e,t){return t===100&&n.charCodeAt(e+1)===97&&n.charCodeAt(e+2)===116&&n.charCodeAt(e+3)===97&&n.charCodeAt(e+4)===58}function le(n,e,t){return t===101&&n.charCodeAt(e+1)===118&&n.charCodeAt(e+2)===101&&n.charCodeAt(e+3)===110&&n.charCodeAt(e+4)===116&&n.charCodeAt(e+5)===58}function M(n,e){let t=1;for(;t<n.length&&t<e.length;){if(n.charCodeAt(t)!==e.charCodeAt(t))return!1;t++}return n.length<=e.length||n.charCodeAt(e.length)===58}var U=class extends TransformStream{constructor({onError:e,onRetry:t,onComment:o,onId:r,maxBufferSize:s}={}){let u;super({start(h){u=de({onEvent:d=>{h.enqueue(d)},onError(d){typeof e=="function"&&e(d),(e==="terminate"||d.type==="max-buffer-size-exceeded")&&h.error(d)},onRetry:t,onComment:o,onId:r,maxBufferSize:s})},transform(h){u.feed(h)}})}};var he=6e4,Oe=20,Re="feedback:write",D=class{#o;#e;constructor(e,t){this.#o=e,this.#e=t}async*reviews(e,t){let o=new AbortController,r=setTimeout(()=>o.abort(new DOMException("","TimeoutError")),he),s=!1;try{let u=await this.#r("v1/deal-reviews/stream",e,AbortSignal.any([t,o.signal]));u.ok||await F(u);let h=u.body.pipeThrough(new TextDecoderStream).pipeThrough(new U).getReader();for(;;){let{value:d}=await h.read();if(clearTimeout(r),!d)break;let p=JSON.parse(d.data);if(d.event==="error")throw J(p);s=d.event==="done",yield{event:d.event,data:p}}}catch(u){throw u instanceof C||t.aborted?u:V(u)}finally{clearTimeout(r)}if(!s)throw new C(l.errors.unreachable)}async latest(e,t){let o=new URLSearchParams({crm:e,record:t,limit:Oe}),{reviews:r}=await this.#t(`v1/deal-reviews?${o}`);return r.reduce((s,u)=>s&&s.written_on>=u.written_on?s:u,null)}async corrections(e){let t=await this.#n(`v1/reviews/${encodeURIComponent(e)}/corrections`);return t.status===404?null:(await F(t)).corrections}async mayCorrect(){return(await this.#t("v1/me")).scopes.includes(Re)}async correct(e,t){return F(await this.#n(`v1/findings/${encodeURIComponent(e)}/feedback`,t))}async#t(e){return F(await this.#n(e))}async#n(e,t){try{return await this.#r(e,t)}catch(o){throw V(o)}}#r(e,t,o=AbortSignal.timeout(he)){let r={accept:"application/json, text/event-stream"};return this.#e&&(r.authorization=`Bearer ${this.#e}`),t===void 0?fetch(new URL(e,this.#o),{headers:r,signal:o,credentials:"same-origin"}):(r["content-type"]="application/json",fetch(new URL(e,this.#o),{method:"POST",headers:r,body:JSON.stringify(t),signal:o,credentials:"same-origin"}))}};var ue=`/* The component's own ground. The page around it can set nothing in here but --coach-…, and parts. */

:host { display: block; container-type: inline-size; }
:host([hidden]) { display: none; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }

.ground {
  all: initial;
  display: block;
  color-scheme: inherit;
  padding: var(--coach-padding, 1rem);
  background: var(--page);
  color: var(--ink);
  font: var(--coach-font, 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  overflow-wrap: anywhere;
}

.status-line:empty, .problem:empty { display: none; }
.status-line, .problem { margin-bottom: 1rem; }

`;var B=class{allowed=!1;onChange=()=>{};#o;#e;#t=new Map;constructor(e,t){this.#o=e,this.#e=t}possible(){return this.allowed}of(e){return this.#t.get(e)}take(e){for(let{finding:t,right:o,should_be:r}of e){let s=Number(t.split(".")[1]);o?this.#t.delete(s):(r===null||r.kind)&&this.#t.set(s,{kind:r?.kind??null})}for(let t of this.#t.keys())this.onChange(t)}async send(e,t){await this.#e(`${this.#o.id}.${e}`,{right:!1,should_be:t&&{kind:t}}),this.#t.set(e,{kind:t}),this.onChange(e)}};function K(n,e,t,o=()=>{}){let r=i("button",{type:"button",class:"link copy","aria-label":e,onclick:()=>s()},n),s=async()=>{try{await navigator.clipboard.writeText(t)}catch{A(l.copying.notCopied,r),r.textContent=l.copying.notCopied;return}A(l.copying.copiedAloud,r),o(t),r.textContent=l.copying.copied,setTimeout(()=>r.textContent=n,1800)};return r}function fe(n){if(!n.length)return null;let e=n.map(t=>i("li",{},t.text));return i("section",{class:"notices","aria-labelledby":"notices"},i("h2",{id:"notices"},l.notices),i("ul",{},e))}function pe({engine:n,model:e,cached:t,cost_usd:o,duration_ms:r,rubric:s,sent:u=[]}){let h={model:e,cost:t?l.cost.cached:o===null?l.cost.unknown:w(l.cost.known,{cost:o.toFixed(4)}),duration:r<10?r.toFixed(1):Math.round(r),engine:l.engines[n]??n,rubric:s.id,version:s.version},d=w(e?l.provenanceModel:l.provenance,h);return i("p",{class:"hint provenance"},d,u.length?` ${_e(u)}`:"")}function _e(n){let e=[...new Set(n.map(r=>r.model))].join(", "),t=Object.entries(n[0].redacted).map(([r,s])=>`${s} ${l.redacted[r]??r}`),o={models:e,count:n.length,hashes:n.map(r=>r.sha256.slice(0,12)).join(", ")};return w(t.length?l.sentRedacted:l.sent,{...o,taken:t.join(", ")})}var Ie=180,me=matchMedia("(hover: hover)");function Ne(n,e){let t=Array.from(n),o=(h,d)=>t.slice(h,d).join(""),r=[],s=0,u=e.map((h,d)=>({...h,index:d})).sort((h,d)=>h.start-d.start);for(let{start:h,end:d,index:p}of u)h<s||d>t.length||(h>s&&r.push({text:o(s,h)}),r.push({text:o(h,d),index:p}),s=d);return s<t.length&&r.push({text:o(s)}),r}function ge(n,e,t){let o=i("div",{class:"card",part:"card",id:"card",role:"tooltip",hidden:!0}),r=new Map,u=(n==null?e.map(({quote:f},v)=>({text:f,index:v})):Ne(n,e)).map(({text:f,index:v})=>{if(v===void 0)return f;let x=i("mark",{tabindex:0,role:"button","data-index":v},f);return r.set(v,x),b(v),n==null?i("p",{},x):x}),h=i("div",{class:"marked"},i("div",{class:"text",dir:"auto",lang:""},u),o),d=new X(h,o,{content:f=>t.card(e[f],Number(f)),acts:t.acts??(()=>!1)}),p=(f,v)=>{let x=f.map($=>r.get($)).filter(Boolean);x.length&&d.visit(x,v)};function b(f){r.get(f).className=t.side(e[f],f),r.get(f).setAttribute("aria-label",t.label(e[f],f))}return{element:h,show:p,renew:b}}var X=class{#o;#e;#t;#n=null;#r=null;#i=!1;#a=0;#l=!1;constructor(e,t,o){this.#o=e,this.#e=t,this.#t=o;let r=s=>s.target.closest?.("mark");e.addEventListener("focusin",s=>r(s)&&!this.#l&&this.#u(r(s))),e.addEventListener("focusout",()=>this.#d()),e.addEventListener("pointerover",s=>{s.pointerType!=="mouse"||!me.matches||this.#m()||(r(s)?this.#u(r(s)):t.contains(s.target)?clearTimeout(this.#a):this.#d({pointer:!0}))}),e.addEventListener("pointerleave",({pointerType:s})=>this.#d({pointer:s==="mouse"&&me.matches})),e.addEventListener("keydown",s=>this.#s(s,r(s)))}visit(e,t){for(let o of this.#o.querySelectorAll(".lit"))o.classList.remove("lit");for(let o of e)o.classList.add("lit");this.#r=t,this.#i=!0,q(e[0]),this.#i=!1}#s(e,t){if(e.key==="Escape"&&this.#n){let o=this.#c();if(this.#h(),o)return;this.#r?.isConnected&&q(this.#r),this.#r=null}else t&&(e.key==="Enter"||e.key===" ")&&(e.preventDefault(),this.#u(t),this.#e.querySelector("button")?.focus())}#c(){return this.#e.contains(this.#f())}#m(){return this.#c()&&this.#e.querySelector("[role=group]")!==null}#f(){return this.#o.getRootNode().activeElement}#u(e){if(clearTimeout(this.#a),this.#n===e)return;this.#h(),this.#n=e,e.setAttribute("aria-describedby",this.#e.id);let{index:t}=e.dataset;this.#e.replaceChildren(...this.#t.content(t)),this.#b(this.#t.acts(t)),this.#e.hidden=!1,this.#v(e)}#b(e){this.#e.setAttribute("role",e?"group":"tooltip"),e?this.#e.tabIndex=-1:this.#e.removeAttribute("tabindex")}#d({pointer:e=!1}={}){clearTimeout(this.#a),this.#a=setTimeout(()=>{if(e?this.#m():this.#c())return;let t=this.#f()?.closest?.("mark");t&&this.#o.contains(t)?this.#u(t):this.#h()},Ie)}#h(){this.#l=!0,this.#c()&&this.#n?.focus({preventScroll:!0}),this.#l=!1,this.#n?.removeAttribute("aria-describedby"),this.#n=null,this.#e.hidden=!0}#v(e){let t=this.#o.getBoundingClientRect(),o=e.getClientRects(),[r,s]=[o[0],o[o.length-1]],u=this.#i||s.bottom+this.#e.offsetHeight+8<=innerHeight,h=r.top-this.#e.offsetHeight-8>=0,d=!u&&h,p=Math.min(s.left-t.left,t.width-this.#e.offsetWidth);this.#e.style.top=d?"auto":`${s.bottom-t.top+8}px`,this.#e.style.bottom=d?`${t.bottom-r.top+8}px`:"auto",this.#e.style.left=`${Math.max(0,p)}px`}};var E=l.correcting,qe=["buyer_action","buyer_commitment","buyer_statement","seller_action","seller_opinion"];function Z({kind:n}){return n?.split("_")[0]??"none"}function be(n,e,t){let o=i("div",{class:"correct"}),r=(...d)=>o.replaceChildren(...d.filter(Boolean)),s=d=>{let p=t.of(e);r(p?i("p",{class:"corrected-to"},w(E.corrected,{kind:Y(p.kind)})):null,p?i("p",{class:"hint"},E.stays):null,d?i("p",{class:"failed"},d):null,t.possible()?i("button",{type:"button",class:"link",onclick:u},p?E.again:E.start):null)},u=()=>{let p=[...qe,null].filter(b=>b!==(t.of(e)??n).kind).map(b=>i("button",{type:"button",class:`kind ${Z({kind:b})}`,onclick:()=>h(b)},Y(b)));r(i("p",{},E.which),i("div",{class:"kinds",role:"group","aria-label":E.which},p)),p[0].focus()},h=async d=>{r(i("p",{class:"hint",tabindex:-1},E.sending)),o.firstChild.focus();try{await t.send(e,d),s(),A(w(E.corrected,{kind:Y(d)}),o)}catch(p){s(p.message),A(p.message,o)}o.querySelector("button")?.focus()};return s(),o.hasChildNodes()?o:null}function Y(n){return l.evidence.kinds[n]??l.evidence.noFinding}var k=l.evidence,Le=.4;function ve(n,e,t){return ge(n,e,{side:({centre:o},r)=>t.of(r)?`${Z(t.of(r))} corrected`:o,label:({kind:o,quote:r},s)=>w(k.label,{kind:ze(t.of(s)??{kind:o}),quote:r}),card:(o,r)=>Fe(o,be(o,r,t)),acts:()=>t.possible()})}function ze({kind:n}){return k.kinds[n]??k.noFinding}function Fe(n,e){let{kind:t,grade:o,who:r,when:s,direction:u,informs:h,centre:d}=n,p=[[k.who,r],[k.when,N(s)],[k.direction,u&&k.directions[u]],[k.informs,h&&l.questions.titles[h]]].filter(([,f])=>f),b=Array.from({length:5},(f,v)=>i("i",{class:v<o?"on":""}));return[i("p",{class:`kind ${d}`},k.kinds[t]),i("p",{class:"grade"},i("span",{class:"dots","aria-hidden":"true"},b),w(k.grade,{grade:o})),p.length?i("dl",{},p.map(([f,v])=>i("div",{},i("dt",{},f),i("dd",{},v)))):null,i("p",{},Be(n)),(n.confidence??1)<Le?i("p",{class:"hint"},k.unsure):null,e].filter(Boolean)}function Be({kind:n,verifiable:e,direction:t}){let o=k.why[n];return typeof o=="string"?o:t==="neutral"&&o.neutral?o.neutral:e?o.checked:o.unchecked}var je=["problem","criteria","action","process"];function we(n,e,{corrections:t,copied:o}){let r=ve(e,n.statements,t),s=h=>De(n.statements[h],d=>r.show([h],d));return{nodes:[Pe(n),We(n.claim,s),fe(n.notices),He(n,r.show),i("div",{class:"columns"},Ve(n,e,r.element),Ke(n,r.show,o)),pe(n.provenance)].filter(Boolean),renew:r.renew}}function Pe(n){let e=w(l.review.writtenOn,{date:N(n.written_on)});return i("div",{class:"review-head",part:"head"},i("div",{},i("h1",{},n.deal.name??l.review.untitled),i("p",{class:"hint"},e)),i("slot",{name:"actions"}))}function We(n,e){let{words:t,icons:o}=l.verdict,r=n.because.map(e),s=n.would_establish.map(u=>i("li",{},u));return i("section",{class:`panel verdict ${n.verdict}`,part:"panel verdict","aria-labelledby":"verdict"},i("div",{},i("p",{class:"eyebrow"},Me(n)),i("h2",{id:"verdict",tabindex:-1},i("span",{class:"icon","aria-hidden":"true"},o[n.verdict]),t[n.verdict]),i("p",{class:"explanation"},n.explanation),r.length?[i("h3",{},l.verdict.because),i("ul",{class:"quotes"},r.map(u=>i("li",{},u)))]:null),s.length||n.refuter?i("div",{class:"ways"},s.length?[i("h3",{},l.verdict.wouldEstablish),i("ul",{},s)]:null,n.refuter?[i("h3",{},l.verdict.refuter),Ue(n.refuter)]:null):null)}function Me({verdict:n,close_date:e}){return e?w(l.verdict.claim,{date:N(e)}):n==="no_claim"?l.verdict.noClaim:l.verdict.claimUndated}function Ue({act:n,by:e}){let t=e?i("p",{class:"hint"},w(l.verdict.refuterBy,{date:N(e)})):null;return[i("p",{},n),t]}function De({quote:n,centre:e},t){let o=i("button",{type:"button",class:`quote ${e}`,onclick:()=>t(o)},n);return o}function He(n,e){let t=je.map(o=>{let{status:r,because:s}=n.coverage[o],u=n.questions.findIndex(p=>p.question===o),h=()=>s.length?e(s,d):q(d.getRootNode().getElementById(`ask-${u}`)),d=i("button",{type:"button",class:`cell ${r}`,disabled:!s.length&&u<0,onclick:h},i("span",{class:"status"},i("i",{class:"ring","aria-hidden":"true"}),l.questions.status[r]),i("strong",{},l.questions.titles[o]),i("span",{class:"asked"},l.questions.asks[o]),i("span",{class:"hint"},Ge(s.length)));return d});return i("section",{class:"strip",part:"strip","aria-label":l.questions.region},t)}function Ge(n){return n?ie(l.questions.evidence,n):l.questions.noEvidence}function Ve(n,e,t){let o=["buyer","seller"].map(r=>i("li",{},i("span",{class:`swatch ${r}`}),l.note[r]));return i("section",{class:"panel note",part:"panel note","aria-labelledby":"note-title"},i("div",{class:"section-head"},i("h2",{id:"note-title"},e==null?l.note.quotes:l.note.title),i("ul",{class:"legend"},o)),i("button",{type:"button",class:"link skip",onclick:Je},l.review.skip),i("p",{class:"hint"},n.statements.length?l.note.hint:l.note.none),t)}function Je({target:n}){q(n.getRootNode().getElementById("asks"),"start")}function Ke(n,e,t){return i("div",{class:"coaching"},Xe(n.questions,e,t),Ze(n.focus),Qe(n.balance))}function Xe(n,e,t){let o=n.map((r,s)=>`${s+1}. ${r.ask}`).join(`
`);return i("section",{class:"panel asks",part:"panel asks",id:"asks",tabindex:-1,"aria-labelledby":"asks-title"},i("div",{class:"section-head"},i("h2",{id:"asks-title"},l.coaching.asks),n.length>1?K(l.coaching.copyAll,l.coaching.copyAll,o,t):null),n.length?i("ol",{},n.map((r,s)=>Ye(r,s,e,t))):i("p",{},l.coaching.noAsks))}function Ye({ask:n,question:e,because:t},o,r,s){let u=o+1,h=w(l.coaching.seeLabel,{number:u}),d=i("button",{type:"button",class:"link","aria-label":h,onclick:()=>r(t,d)},l.coaching.seeInNote);return i("li",{id:`ask-${o}`,tabindex:-1},i("p",{},n),i("p",{class:"ask-foot"},i("span",{class:"tag"},l.questions.titles[e]),t.length?d:null,K(l.copying.copy,w(l.coaching.copyLabel,{number:u}),n,s)))}function Ze({title:n,why:e,do:t}){return i("section",{class:"panel focus",part:"panel focus","aria-labelledby":"focus"},i("p",{class:"eyebrow"},l.coaching.focus),i("h2",{id:"focus"},n),i("p",{},e),i("p",{class:"act"},t))}function Qe({buyer:n,seller:e}){let t=["buyer","seller"].map(o=>i("span",{class:o}));return t[0].style.flexGrow=n,t[1].style.flexGrow=e,i("section",{class:"panel balance",part:"panel balance","aria-labelledby":"balance"},i("h2",{id:"balance"},l.coaching.balance),i("div",{class:"bar","aria-hidden":"true"},t),i("p",{},i("strong",{},w(l.coaching.balanceText,{buyer:n,seller:e}))),i("p",{class:"hint"},l.coaching.balanceWhy))}var H=l.component,et=document.currentScript?new URL("../",document.currentScript.src).href:null,tt=["key","about","note","review"],ye=new CSSStyleSheet;ye.replaceSync(se+ue);var Q=class extends HTMLElement{static observedAttributes=["src","crm","record"];#o=null;#e={};#t=null;#n=null;#r=new Set;#i=null;#a=new B;#l=i("div",{class:"review"});#s=i("p",{class:"status-line hint",role:"status",part:"status"});#c=i("p",{class:"problem",role:"alert",part:"problem"});constructor(){super();let e=this.attachShadow({mode:"open"});e.adoptedStyleSheets=[ye];let t=i("p",{id:"announcer",class:"unseen","aria-live":"polite"});e.append(i("div",{class:"ground",part:"ground",lang:"en"},this.#c,this.#s,this.#l,t))}connectedCallback(){for(let e of tt)this.#C(e);this.#f()}disconnectedCallback(){queueMicrotask(()=>this.isConnected||this.stop())}attributeChangedCallback(e){this.#y(e)}set key(e){this.#o=e||null}get about(){return this.#e}set about(e){this.#e=e??{}}get note(){return this.#t}set note(e){this.#t=e,this.#y("note")}get review(){return this.#n}set review(e){this.stop(),this.#n=e,this.#y("review")}read(e){this.stop();let t=this.#i=new AbortController;return this.#t=e.note,this.#n=null,this.#r.delete("note"),this.#w(),this.#s.textContent=l.form.busy,new Promise((o,r)=>{this.#m(e,t.signal,o).catch(s=>{t.signal.aborted||this.#x(s),r(s)})})}stop(){this.#i?.abort(),this.#i=null,this.#s.textContent=""}async#m(e,t,o){let r=null;for await(let{event:s,data:u}of this.#g().reviews(e,t))s==="review"&&(this.#d(u,{replaces:r!==null}),r=u,this.#s.textContent=H.modelReads,o(u));this.#s.textContent="",this.#i=null,this.#p("coach-done",r),e.rep&&await this.#h()}#f(){if(!this.isConnected||!this.#r.size)return;let e=this.#r;this.#r=new Set,e.has("review")&&this.#w(),e.has("review")&&this.#n?this.#u():e.has("note")&&this.#t?this.read({...this.#e,note:this.#t}).catch(()=>{}):!e.has("review")&&this.getAttribute("crm")&&this.getAttribute("record")&&this.#b()}#u(){this.#d(this.#n),this.hasAttribute("kept")&&this.#h()}async#b(){this.stop(),this.#w();let e=this.#i=new AbortController;this.#s.textContent=l.form.busy;try{let t=await this.#g().latest(this.getAttribute("crm"),this.getAttribute("record"));if(e.signal.aborted||(this.#t=null,this.#s.textContent=t?"":H.nothing,!t))return;this.#d(t),await this.#h()}catch(t){e.signal.aborted||this.#x(t)}}#d(e,{replaces:t=!1}={}){let o=t&&nt(this.shadowRoot.activeElement);this.#n=e,this.#c.textContent="",this.#a=new B(e,(d,p)=>this.#v(d,p));let r=d=>this.#p("coach-question-copied",{text:d}),{nodes:s,renew:u}=we(e,this.#t,{corrections:this.#a,copied:r});this.#a.onChange=u,this.#l.replaceChildren(...s),o&&o(this.shadowRoot).focus({preventScroll:!0}),this.#p("coach-review",e);let h={verdict:l.verdict.words[e.claim.verdict],explanation:e.claim.explanation};A(w(t?H.replaced:l.review.ready,h),this.#l)}async#h(){let e=this.#a,t=this.#g();try{let o=await t.corrections(this.#n.id);if(!o)return;e.take(o),e.allowed=await t.mayCorrect()}catch{}}async#v(e,t){try{await this.#g().correct(e,t)}catch(o){throw this.#k(o),o}this.#p("coach-correction",{finding:e,...t})}#x(e){this.#s.textContent="",this.#i=null;let t=e instanceof C?e.message:l.errors.unclear;this.#c.textContent=this.#n?w(H.modelFailed,{detail:t.replace(/[.]?$/,".")}):t,this.#k(e)}#k({message:e,code:t=null,fields:o=[]}){this.#p("coach-error",{message:e,code:t,fields:o})}#p(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}#w(){this.#c.textContent="",this.#l.replaceChildren()}#g(){let e=this.getAttribute("src")??et??document.baseURI;return new D(new URL(e.endsWith("/")?e:`${e}/`,document.baseURI),this.#o)}#y(e){this.#r.add(e),queueMicrotask(()=>this.#f())}#C(e){if(!Object.hasOwn(this,e))return;let t=this[e];delete this[e],this[e]=t}};function nt(n){if(!n)return null;let e=t=>t.localName===n.localName&&t.textContent===n.textContent;return t=>[...t.querySelectorAll("mark, button")].find(e)??t.getElementById("verdict")}customElements.get("deal-coach")||customElements.define("deal-coach",Q);})();
