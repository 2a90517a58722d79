"""Job postings: what counts as one, whose it is, and which pay is its."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import discover, read
from ingest.facts import JobPosting, Period
from ingest.reviewed import ReviewedExtractor
from ingest.rules.opening import CONFIDENCE
from ingest.rules.posting import postings
from ingest.rules.posting_cue import cues
from ontology.authority import Authority
from ontology.namespaces import Base
from ontology.topics import Topics

SEEDS = Path(__file__).parents[3] / "seeds"


def told(found: list[JobPosting]) -> list[tuple[str, str, int | None, int | None]]:
    return [
        (
            each.employer,
            each.title,
            int(each.salary_min) if each.salary_min is not None else None,
            int(each.salary_max) if each.salary_max is not None else None,
        )
        for each in found
    ]


@pytest.mark.parametrize(
    ("text", "employer", "title", "least", "most"),
    [
        ("Netflix is hiring a product manager.", "Netflix", "product manager", None, None),
        ("Netflix is looking to hire a senior AI engineer.", "Netflix", "senior AI engineer", None, None),
        ("Disney has posted a listing for a data scientist in Orlando.", "Disney", "data scientist", None, None),
        (
            "Apple is hiring a machine learning scientist, paying $212,000 to $386,300 a year.",
            "Apple", "machine learning scientist", 212000, 386300,
        ),
        (
            "Amazon's opening for a senior manager of applied science offers $166,400 to $287,700.",
            "Amazon", "senior manager of applied science", 166400, 287700,
        ),
        (
            "Job listings at Disney include a role for a principal AI engineer that pays as much as $250,000 a year.",
            "Disney", "principal AI engineer", None, 250000,
        ),
        (
            "Netflix's job ad for a \"Director, Generative AI for Games\" offered $430,000 to $840,000.",
            "Netflix", "Director, Generative AI for Games", 430000, 840000,
        ),
        ("Netflix advertised for a $900,000 AI product manager.", "Netflix", "AI product manager", 900000, 900000),
        (
            "Netflix has advertised machine-learning roles at up to $900,000.",
            "Netflix", "machine-learning roles", None, 900000,
        ),
    ],
)  # fmt: skip
def test_a_posting_has_its_employer_title_and_pay(facts, text, employer, title, least, most):
    assert told(facts(postings, text)) == [(employer, title, least, most)]


@pytest.mark.parametrize(
    "text",
    [
        "Disney hired Jane Doe as chief technology officer last week, paying her $3 million a year.",
        "Warner Bros. has named Bill Smith its new head of streaming.",
        "Netflix laid off 300 engineers and 20 product managers on Tuesday.",
        "Netflix's chief executive role passed to Greg Peters in January.",
        "Netflix is seeking AI experts, and other studios are seeking engineers and researchers.",
        "Ted Sarandos, the executive director, is looking for a new agent.",
        "Spotify said it would hire 200 curators this year.",
        "She quit her job as a manager at Hulu, where she made $90,000 a year.",
        "A former designer at Sony said that the director was leaving.",
    ],
)
def test_appointments_layoffs_and_roles_that_people_have_are_no_postings(facts, text):
    assert facts(postings, text) == []


def test_later_sentences_about_the_role_belong_to_it(facts):
    text = (
        "In July, Netflix posted a job listing for a product manager on its Machine Learning Platform (MLP). "
        "The starting salary ranges from $300,000 to $900,000. The role, which is still open, can be done remotely."
    )
    (found,) = facts(postings, text)
    assert told([found]) == [("Netflix", "product manager", 300000, 900000)]
    assert (found.unit, found.remote, found.open, found.period) == (
        "Machine Learning Platform",
        True,
        True,
        Period.YEAR,
    )
    assert found.posted_on.wording == "July"
    assert len(found.sentences()) == 3


def test_a_passage_of_its_own_is_a_fact_of_its_own_about_the_same_posting(facts):
    text = (
        "Netflix is hiring an AI product manager.\n\n"
        "Compensation for the role ranges from $300,000 to $900,000 depending on experience."
    )
    first, second = facts(postings, text)
    assert first.posting == second.posting
    assert told([second]) == [("Netflix", "AI product manager", 300000, 900000)]
    assert [each.exact for each in second.sentences()] == text.split("\n\n")


def test_each_of_several_titles_has_its_own_pay(facts):
    text = (
        "Netflix has openings for a Product Manager and a Technical Director. Both positions come with six-figure "
        "salaries, ranging from $300,000 to $900,000 for the Product Manager role and $450,000 to $650,000 for the "
        "Technical Director position."
    )
    assert told(facts(postings, text)) == [
        ("Netflix", "Product Manager", 300000, 900000),
        ("Netflix", "Technical Director", 450000, 650000),
    ]


def test_titles_under_an_announcement_are_postings_until_the_list_ends(facts):
    text = (
        "Netflix has several open roles. Here is the list of positions:\n\n• Data Scientist\n\n"
        "• Prompt Engineer — $120,000-$150,000\n\nThe writers said that a director was not on it."
    )
    assert told(facts(postings, text)) == [
        ("Netflix", "Data Scientist", None, None),
        ("Netflix", "Prompt Engineer", 120000, 150000),
    ]


def test_titles_with_their_pay_count_where_openings_are_spoken_of(facts):
    sentence = "An L6 research scientist could earn $390,000 to $900,000."
    assert facts(postings, sentence) == []
    found = facts(postings, f"Netflix is hiring.\n\nThe open positions are well paid.\n\n{sentence}")
    assert told(found) == [("Netflix", "L6 research scientist", 390000, 900000)]


def test_the_pay_of_others_is_not_that_of_the_posting(facts):
    text = (
        "Netflix posted an opening for a product manager. The job post has sparked a debate about pay, since actors "
        "may receive a meager $200 a day."
    )
    assert told(facts(postings, text)) == [("Netflix", "product manager", None, None)]


def test_two_pays_of_one_posting_are_two_facts(facts):
    text = "Netflix is hiring a technical director for up to $650,000. The role pays $450,000 to $600,000."
    assert told(facts(postings, text)) == [
        ("Netflix", "technical director", None, 650000),
        ("Netflix", "technical director", 450000, 600000),
    ]


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_every_pay_of_every_posting_of_the_seeds_is_read_as_a_person_read_it(rules, seed):
    (path,) = discover([seed])
    document = read(path)
    base = Base()
    reviewed = ReviewedExtractor(Authority.load(base), Topics.load(base)).extract(document).facts

    def pays(found) -> set[tuple[str, Decimal | None, Decimal | None, str | None, Period | None]]:
        listed = [fact for fact in found if isinstance(fact, JobPosting) and fact.has_pay]
        return {(f.employer, f.salary_min, f.salary_max, f.currency, f.period) for f in listed}

    assert pays(rules.extract(document).facts) == pays(reviewed)


def test_every_cue_has_a_rule_with_a_confidence():
    assert {cue.rule for cue in cues() if cue.strength != "filled"} <= CONFIDENCE.keys()


words = st.sampled_from(
    ["Netflix", "is hiring", "a", "product manager", "listing for", "“", "”", '"', ":", "\n\n• ", "$300K", "to",
     "the role", "pays", "and", "positions", ".", ",", "Disney's", "in London", "at", "remote"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(words, min_size=1, max_size=25).map(" ".join).filter(str.strip))
def test_no_text_breaks_the_reading_and_all_evidence_is_in_it(facts, text):
    for fact in facts(postings, text):
        assert all(text[each.start : each.end] == each.exact for each in fact.evidence)


@pytest.mark.parametrize(
    ("text", "employer", "title", "least", "most"),
    [
        (
            "Lionsgate is recruiting a vice president of licensing. The company is offering up to $400,000 a year.",
            "Lionsgate", "vice president of licensing", None, 400000,
        ),
        (
            "Hulu hopes to fill the role of director of content analytics. It would pay about $240,000.",
            "Hulu", "director of content analytics", 240000, 240000,
        ),
        (
            "Nvidia put out a call for a senior research scientist. The advertised salary: $200,000 to $322,000.",
            "Nvidia", "senior research scientist", 200000, 322000,
        ),
        (
            "Roblox lists a base salary of $250,000 to $310,000 for a principal engineer on its careers site.",
            "Roblox", "principal engineer", 250000, 310000,
        ),
        (
            "A software engineer position at OpenAI was advertised at $200,000 to $370,000.",
            "OpenAI", "software engineer", 200000, 370000,
        ),
        (
            "A job posting from Sony Music seeks a “director, synthetic media”. The salary range is $140K to $180K.",
            "Sony Music", "director, synthetic media", 140000, 180000,
        ),
        (
            "Microsoft plans to hire a lighting engineer. The company said applicants would be paid up to $150,000.",
            "Microsoft", "lighting engineer", None, 150000,
        ),
        (
            "A staff engineer job at Tessera Labs was listed at $210,000 on Monday.",
            "Tessera Labs", "staff engineer", 210000, 210000,
        ),
    ],
)  # fmt: skip
def test_openings_are_told_in_many_ways(facts, text, employer, title, least, most):
    assert told(facts(postings, text)) == [(employer, title, least, most)]


@pytest.mark.parametrize(
    "text",
    [
        "Netflix is seeking a writer for the sequel and a director for the pilot.",
        "Warner Bros. is looking for a buyer for the studio.",
        "Amazon cut the position of studio manager.",
        "Netflix named Jane Smith chief content officer on Monday.",
        "Disney was hit when it fired the head of streaming. She had a producer role at Hulu.",
    ],
)
def test_those_who_are_sought_for_a_work_or_lose_a_job_are_no_openings(facts, text):
    assert facts(postings, text) == []


@pytest.mark.parametrize(
    ("text", "employer", "title", "least", "most"),
    [
        (
            "Anthropic posted a job opening last week for a Communications Lead, offering $220,000 to $280,000.",
            "Anthropic", "Communications Lead", 220000, 280000,
        ),
        ("Ubisoft opened a requisition for a senior sound designer.", "Ubisoft", "senior sound designer", None, None),
        (
            "Lionsgate has created a new position, Chief Data Officer, and begun interviewing.",
            "Lionsgate", "Chief Data Officer", None, None,
        ),
        (
            "Condé Nast has retained a search firm to find its first chief AI officer.",
            "Condé Nast", "chief AI officer", None, None,
        ),
        (
            "CNN is adding an AI reporter to its business desk. The role pays $105,000 to $135,000.",
            "CNN", "AI reporter", 105000, 135000,
        ),
        (
            "Bloomberg is hiring: it wants a machine learning engineer and will pay $160,000 to $240,000.",
            "Bloomberg", "machine learning engineer", 160000, 240000,
        ),
        (
            "Two of the openings at Adobe are for research scientists, who can make from $179,000 to $336,000.",
            "Adobe", "research scientists", 179000, 336000,
        ),
        (
            "Nvidia is on the hunt for a Member of Technical Staff. The gig pays contractors $90,000.",
            "Nvidia", "Member of Technical Staff", 90000, 90000,
        ),
        (
            "Hours after the walkout, their employer, Disney, posted a job for a data editor. She will earn $95,000.",
            "Disney", "data editor", None, None,
        ),
        (
            "Amazon said it will hire 650 seasonal employees. Package handlers start at $19.25 an hour.",
            "Amazon", "Package handlers", 19, None,
        ),
        (
            "Intel is hiring: a customer support specialist job at Intel starts at $52,000.",
            "Intel", "customer support specialist", 52000, None,
        ),
    ],
)  # fmt: skip
def test_openings_are_told_in_further_ways(facts, text, employer, title, least, most):
    assert told(facts(postings, text)) == [(employer, title, least, most)]


def test_each_line_of_a_list_may_name_its_own_employer(facts):
    text = (
        "We looked at 212 listings. These stood out:\n\n"
        "• Staff Research Engineer, Adobe: $320,000–$405,000 plus equity\n\n"
        "• Policy Manager, Europe, Halyard: €120,000 to €145,000\n\n"
        "• Technician at Intel — $38 an hour"
    )
    assert told(facts(postings, text)) == [
        ("Adobe", "Staff Research Engineer", 320000, 405000),
        ("Halyard", "Policy Manager, Europe", 120000, 145000),
        ("Intel", "Technician", 38, 38),
    ]


def test_a_part_of_a_title_is_no_employer_of_the_next_job(facts):
    text = (
        "Ubisoft advertised for a Principal Designer, Generative Systems, in Paris. "
        "It also has vacancies for a Lead Gameplay Programmer (€70k)."
    )
    assert {each.employer for each in facts(postings, text)} == {"Ubisoft"}


def test_a_job_at_an_employer_without_a_name_is_not_given_to_another(facts):
    text = (
        "Walmart closed a store. Walmart is hiring too. The city is hiring. Applications for a dispatcher close Friday."
    )
    assert facts(postings, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Netflix hired a law firm to find the leaker, a former engineer at the company.",
        "Microsoft is hiring. By comparison, a union reporter starts at $41,000.",
        "Microsoft is hiring. Guards, who work for a contractor, went on strike over wages of $17.50 an hour.",
        "Microsoft will pay doctors and lawyers up to $150 an hour.",
    ],
)
def test_pay_and_searches_that_are_those_of_others_are_no_openings(facts, text):
    assert facts(postings, text) == []


def test_pay_without_a_period_has_that_of_the_pay_before_it(facts):
    text = (
        "Amazon said it will hire 650 seasonal employees. Package handlers start at $19.25 an hour. "
        "Forklift operators start at $22 to $24.50, and it has an opening for an engineer at $98,000."
    )
    periods = {each.title: each.period for each in facts(postings, text) if each.has_pay}
    assert periods == {
        "Package handlers": Period.HOUR,
        "Forklift operators": Period.HOUR,
        "engineer": Period.YEAR,
    }


def test_the_job_at_an_employer_without_a_name_has_its_own_pay(facts):
    text = (
        "Walmart posted an opening for a driver.\n\nThe city is hiring. "
        "Applications for a dispatcher close Friday; the job pays $52,400 a year."
    )
    assert told(facts(postings, text)) == [("Walmart", "driver", None, None)]


def test_the_only_employer_named_right_before_is_the_one_that_recruits(facts):
    text = (
        "Walmart sells food. Nurses at Walmart agree.\n\nThe software was developed by Nvidia; Dr Aziz holds shares. "
        "They are now recruiting a voice analyst on up to £39,400."
    )
    assert told(facts(postings, text)) == [("Nvidia", "voice analyst", None, 39400)]
