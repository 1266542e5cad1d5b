"""The words by which people, roles and companies are told apart in a note.

Rule: vocabulary of the trade and of the language; no word is here for the sake of one note. Lower case throughout.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from coach.text.wordlist import word_set

# Before a name they make it a person's. Notes are written all over the world, and people are addressed as there.
HONORIFICS = word_set(
    """mr mrs ms miss mx dr prof professor sir lady madam dame lord sister father fr rev reverend pastor rabbi imam
     capt captain kapt kapitän col lt major sgt judge hon herr frau hr fru dott dottor dottore dottoressa ing lic
     avv arq don doña dona signor signora signorina sig sr sra srta señor señora senhor senhora seu monsieur
     madame mademoiselle mme mlle maître pan pani mevrouw meneer dhr mw alhaji alhaja chief oga oba hajia engr
     barr ustadh sheikh haji hajji bapak ibu pak bu kuya ate tita tito manong aling mang oom tannie tannie tante
     onkel uncle aunty auntie auntie mama baba bhai didi shri smt cik encik puan tuan datuk khun nurse matron
     chef maestro mwalimu ingeniero ingeniera licenciado licenciada docteur prince princess contessa conte baron
     count kommissar bürgermeister atty anh chị ông bà cô ma'am bro"""
)
# After a name, with a hyphen or a space: Nomura-san, Kaan Bey.
HONORIFIC_ENDINGS = word_set("""san sama sensei kun bey han\u0131m hanim efendi ji abi abla""")

PARTICLES = word_set(
    """van der den de du da do dos das del della di la le les el al bin binti ibn ben ter ten af av von zu zum zur
    y e st ap"""
)

# What somebody is at work. The head of a role phrase: "their finance director", "the site guy".
ROLES = word_set(
    """ceo cfo coo cto cio ciso cpo cmo cro chro cso gm md vp svp evp avp director directors manager managers head
    chief boss president chair chairman chairwoman chairperson secretary treasurer partner partners principal
    owner owners founder co-founder proprietor trustee trustees governor governors councillor mayor minister
    administrator superintendent supervisor foreman leader lead leads coordinator officer officers executive
    executives buyer buyers junior purchaser controller comptroller accountant bookkeeper auditor auditors
    actuary lawyer lawyers attorney counsel solicitor jurist paralegal notary broker engineer engineers
    technician technicians tech mechanic electrician plumber fitter welder operator operators planner scheduler
    estimator surveyor architect designer developer programmer analyst scientist chemist biologist pharmacist
    physicist pathologist doctor surgeon dentist hygienist nurse nurses midwife therapist vet veterinarian
    radiologist teacher professor dean rector registrar librarian curator sacristan priest pastor vicar chef
    cook baker winemaker brewer farmer grower agronomist gardener greenkeeper groundsman caretaker janitor
    porter housekeeper concierge receptionist assistant asst pa clerk cashier driver drivers dispatcher captain
    skipper bosun foreperson guard gatekeeper storekeeper storeman warehouseman merchandiser marketer producer
    editor host coach trainer instructor consultant adviser advisor sponsor champion stakeholder stakeholders
    user users admin admins sysadmin staffer intern trainee apprentice apprentices guy guys man woman lady
    gentleman girl lad colleague colleagues deputy successor predecessor husband wife son daughter brother
    sister mother father uncle nephew niece cousin team crew staff committee board council jury panel cab
    customer client tenant landlord investor investors shareholder shareholders chaplain sexton sister-in-law
    brother-in-law rep delegate signatory approver evaluator assessor inspector dpo qa people spokesman
    spokeswoman ombudsman steward warden matron superior physio optician stylist manageress mgr dir supt eng
    exec bursar headmaster headmistress headteacher"""
)
# Parts of an organisation that act like people: "Legal wants", "procurement sent".
DEPARTMENTS = word_set(
    """procurement purchasing legal finance accounting accounts treasury it hr security infosec compliance risk
    quality qa operations ops engineering maintenance facilities logistics marketing sales commercial workplace
    production it-security r&d payroll audit controlling management leadership planning reception einkauf"""
)
# Where the writer's own side speaks of its own people.
SELLER_POSSESSIVES = frozenset({"my", "our", "ours", "us"})
SELLER_TAGS = word_set(
    """us ours our me myself ae se sdr bdr csm rep presales pre-sales solutions mgr manager own internal vendor
    seller our-side deal-desk dealdesk support"""
)

# In a name they make it a company's, a place's or a product's.
ORGANISATIONS = word_set(
    """inc ltd llc llp plc corp co gmbh ag kg sa sas srl spa bv nv oy ab aps as pty pte lda ltda holdings holding
    group foods food dairy farm farms builders roofing hotel hotels resort clinic clinics hospital hospitals
    bank banks academy school schools college university institute church parish club council county city
    airport port museum museums library studio studios media podcasts systems solutions services software
    technologies technology tech labs lab logistics shipping freight ferries airlines energy power solar wind
    water steel metals foundry mills mill plastics packaging paper printing press textiles chemicals pharma
    biotech genomics therapeutics health medical dental care insurance capital partners ventures consulting
    associates advisors agency marine motors auto automotive trucks tyres electric electronics sensors robotics
    industries industrial manufacturing works engineering construction properties estates housing homes trust
    foundation society federation union association committee board department office team platform suite portal
    enterprise pro plus cloud vault shield dashboard app house street road avenue bridge park lane square campus
    plant site region north south east west utd vineyards winery brewery bakery nurseries market mart stores
    store supermarket"""
)

# What people do, and companies hardly: speech and mind.
SPEECH_VERBS = word_set(
    """said says saying asked asks told tells thinks thought believes reckons feels felt knows knew explained
    mentioned admitted laughed laughs smiled nodded shrugged sighed joked swore promised promises replied
    answered answers wrote writes mailed emailed texted called calls rang phoned telephoned whispered repeated
    insisted wondered worries worried likes liked loves loved hates hated wants wanted hopes hoped remembers
    forgot remembered grinned winked waved joined sat stood walked came went drove flew left goes complained
    confirmed claims claimed suggested suggests read reads heard saw showed spoke speaks listened agreed prefers
    preferred needs needed decides decided recommends recommended signs gets has had is was will would can does
    did didn't doesn't won't hasn't isn't wasn't could should might brought brings took takes gave gives got
    sent sends put puts made makes ran runs signed filled loaded counted measured uploaded opened booked raised
    approved picked picks checked forwarded returned moved pulled cleared built tested ordered blocked keyed
    drew ticked owns heads keeps kept wrote himself herself who still also never now already just"""
)
# Of those, the ones that hardly any company or product does.
MIND_VERBS = word_set(
    """said says asked told tells thinks thought reckons explained mentioned admitted laughed laughs smiled nodded
    shrugged sighed joked swore promised replied answered wrote writes mailed emailed texted rang phoned
    telephoned whispered repeated insisted wondered hates loves waved grinned sat walked drove complained
    himself herself remembers forgot heard spoke showed read goes"""
)
AUXILIARIES = word_set(
    """is was will would can could should might does did didn't doesn't won't hasn't isn't wasn't couldn't has had
    gets get owns still who also never now already just himself herself"""
)
# Said of somebody, before the name.
CONTACT_VERBS = word_set(
    """told asked called rang rung phoned met emailed mailed texted thanked chased pinged reached dm'd visited
    interviewed saw briefed"""
)
# Open a line that lists people.
LIST_HEADS = word_set(
    """attendees attendee present participants contacts contact people who cc from met attending their-side them
    customer attended stakeholders players champion champ eb decision-maker buyer buyers"""
)
# Other words that head a line or a list of a note.
HEADINGS = word_set(
    """actions action agenda notes note subject date next status timing budget competition process criteria pain
    metrics problem forecast close closing risk risks ask request update summary minutes decision decisions
    product price pricing stage deal owner outcome topic topics source history background champion authority
    need fcst nxt misc fyi ps asap tbc tbd crm erp sla nda msa rfp rfi rfq poc roi kpi po meddpicc meddic bant"""
)
# Roles of many: a board has no name of its own.
BODIES = word_set(
    """team crew staff committee board council jury panel people users guys directors managers partners owners
    trustees governors councillors officers executives buyers auditors lawyers engineers technicians operators
    nurses drivers admins apprentices stakeholders colleagues investors shareholders leads customer client
    tenant cab qa"""
)
GREETINGS = word_set(
    """hi hello hey hiya dear morning good-morning good-evening evening boss oga hallo ciao hola heya yo"""
)
CLOSINGS = word_set(
    """best regards cheers thanks thank-you greetings sincerely yours warmly rgds br kr ta love many-thanks
    best-regards kind-regards warm-regards"""
)


@cache
def common_words() -> frozenset[str]:
    """Words that notes write in lower case, so that a capital at the head of a sentence does not make a name of them.

    Those that at least three notes of `evals/` have in lower case.
    """
    return frozenset((files("coach.text.people") / "common_words.txt").read_text(encoding="utf-8").split())
