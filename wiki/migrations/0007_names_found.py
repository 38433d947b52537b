"""The functions that find entries by what they are called, and the index that they find kinds by.

Functions for the sake of their plans: written out for every request, planning takes longer than the search. Each arm
walks one index from the rows that are known best, with the horizon among its conditions; the settings see to it that it
does so whatever the planner knows of the tables.
"""

from django.db import migrations, models
from django.utils import timezone

# How often somebody is met counts only as far as the text is out, whoever may see what is told of later chapters.
GATE = "w.since <= h.horizon AND (w.until IS NULL OR w.until > h.horizon) AND (w.level <= 0 OR w.since <= h.told)"
TOLD = "CASE WHEN r.level < 0 THEN -2 * r.level ELSE 0 END"
MET = "CASE WHEN r.level < 0 THEN 0 ELSE r.since END"
FIT = "CASE WHEN abs(length(r.key) - p.size) > 1 THEN p.how + 1 ELSE p.how END"
NEVER = 2**63 - 1  # since when what was taken away is known
GAPS = (
    "substr(w.key, 2, 4)",
    "(left(w.key, 1) || substr(w.key, 3, 3))",
    "(left(w.key, 2) || substr(w.key, 4, 2))",
    "(left(w.key, 3) || substr(w.key, 5, 1))",
)
# Of words that are told, thousands of entries may share a beginning: so many that show are looked at.
LOOKED_AT = 1000


def arm(number, how, condition, limit, of="piece", here="h"):
    return f"""
    SELECT p.i, r.entry_id, h.story, h.horizon, {how} + {TOLD}, r.level, {MET}
    FROM (SELECT * FROM {of} WHERE arm = {number} OFFSET 0) p CROSS JOIN {here} CROSS JOIN LATERAL (
      SELECT w.entry_id, w.key, w.level, w.since FROM wiki_word w
      WHERE w.story_id = h.story AND {condition} AND {GATE} ORDER BY w.level DESC, w.since DESC, w.entry_id DESC LIMIT {limit}) r"""


def told_arm(number, how, condition, fitting, limit, of="CROSS JOIN h"):
    return f"""
    SELECT p.i, r.entry_id, h.story, h.horizon, {how} + {TOLD}, r.level, {MET}
    FROM (SELECT * FROM piece WHERE arm = {number} OFFSET 0) p {of} CROSS JOIN LATERAL (
      SELECT w.entry_id, w.key, w.level, w.since FROM (
        SELECT w.entry_id, w.key, w.level, w.since FROM wiki_word w
        WHERE w.story_id = h.story AND {condition} AND w.level < 0 AND {GATE}
        ORDER BY w.level DESC, w.since DESC, w.entry_id DESC LIMIT {LOOKED_AT}) w
      WHERE {fitting} LIMIT {limit}) r"""


BEGINNING = "left(w.key, 4) = p.key"
TAIL = "w.key LIKE ANY (string_to_array(p.rest, ' '))"
RIGHT = [
    arm(0, "p.how", "w.key = p.key", "most"),
    arm(1, "p.how", "left(w.key, 1) = p.key AND w.level >= 0", "most"),
    arm(2, "p.how", "left(w.key, 2) = p.key AND w.level >= 0", "most"),
    arm(3, "p.how", "left(w.key, 3) = p.key", "most"),
    arm(4, "p.how", f"{BEGINNING} AND starts_with(w.key, p.rest) AND w.level >= 0", "most"),
    told_arm(4, "p.how", BEGINNING, "starts_with(w.key, p.rest)", "most"),
    # All of a kind, where its name is all that need fit; beside other words it is only looked at in what they find.
    f"""
    SELECT m.i, r.id, h.story, h.horizon, m.how, 0, r.since
    FROM (SELECT * FROM meant WHERE cardinality(words) - dropped <= 1 OFFSET 0) m JOIN h ON h.story = m.story
    CROSS JOIN LATERAL (
      SELECT e.id, e.since FROM wiki_entry e
      WHERE e.story_id = h.story AND e.kind_id = m.kind AND e.since <= h.horizon AND e.since < {NEVER}
        AND EXISTS (SELECT FROM wiki_name n WHERE n.entry_id = e.id
          AND n.since <= h.horizon AND (n.until IS NULL OR n.until > h.horizon))
      ORDER BY e.since DESC, e.id DESC LIMIT most) r""",
]
# A word that names or tells something as it was typed is not looked for with a slip in what is told, and where it is
# asked strictly in names neither: common words would cost the most.
UNTOLD = "JOIN untold h ON h.i = p.i"
SLIP = ("slip", "LATERAL (SELECT p.story, p.horizon, p.told) h")
SLIPPED = [
    arm(5, FIT, f"{BEGINNING} AND {TAIL} AND w.level = 0", "few", *SLIP),
    told_arm(5, FIT, f"{BEGINNING} AND p.size > 3", TAIL, "few", UNTOLD),
]
for at, gap in enumerate(GAPS):
    here = f"{gap} = p.key AND length(w.key) >= 3"
    rest = f"starts_with(substr(w.key, {at + 2}), p.rest)"
    SLIPPED += [
        arm(6 + at, FIT, f"{here} AND {rest} AND w.level = 0", "few", *SLIP),
        told_arm(6 + at, FIT, f"{here} AND p.size > 3", rest, "few", UNTOLD),
    ]
PARAMETERS = """stories bigint[], horizons bigint[], words text[], wholes text[], dropped int, strictly bool,
  most int, few int, near int, shown int, arms int[], places int[], keys text[], rests text[], sizes int[], hows int[]"""
RIGHTLY = f"""
WITH h AS MATERIALIZED (SELECT h.story, h.horizon,
    least(h.horizon, coalesce((SELECT max(c.number)::bigint << 32 | 4294967295 FROM reader_chapter c
      WHERE c.story_id = h.story AND c.published_at <= now()), 0)) AS told
  FROM unnest(stories, horizons) AS h(story, horizon)
  WHERE EXISTS (SELECT FROM wiki_entry e WHERE e.story_id = h.story AND e.since <= h.horizon OFFSET 0)),
piece AS MATERIALIZED (SELECT * FROM unnest(arms, places, keys, rests, sizes, hows) AS p(arm, i, key, rest, size, how)),
kind AS MATERIALIZED (SELECT k.story_id AS story, k.id, k.slug, ' ' || lower(unaccent(k.name || ' ' || k.plural)) AS said
  FROM h JOIN wiki_kind k ON k.story_id = h.story),
meant AS MATERIALIZED (SELECT p.i, p.how, kind.story, kind.id AS kind
  FROM (SELECT * FROM piece WHERE arm = 10 OFFSET 0) p CROSS JOIN kind
  WHERE kind.slug = ANY (string_to_array(p.rest, ' ')) OR strpos(kind.said, ' ' || p.key) > 0),
rightly(i, entry_id, story, horizon, how, level, since) AS MATERIALIZED ({" UNION ALL ".join(f"({arm})" for arm in RIGHT)}),
"""
FOUND = """
found AS MATERIALIZED (
  SELECT i, entry_id, story, horizon, min(how) AS how, max(level) AS level, max(since) AS since, count(*) AS n
  FROM ({every}) x(i, entry_id, story, horizon, how, level, since)
  GROUP BY 1, 2, 3, 4),
"""
WITH_SLIPS = f"""
untold AS MATERIALIZED (SELECT h.*, p.i FROM (SELECT DISTINCT i FROM piece WHERE arm > 4) p CROSS JOIN h
  WHERE NOT EXISTS (SELECT FROM rightly r WHERE r.story = h.story AND r.i = p.i AND r.how + 2 * least(r.level, 0) <= 1)),
slip AS MATERIALIZED (SELECT p.*, h.* FROM piece p CROSS JOIN h WHERE p.arm BETWEEN 5 AND 9
  AND (NOT strictly OR EXISTS (SELECT FROM untold u WHERE u.story = h.story AND u.i = p.i))),
{FOUND.format(every=" UNION ALL ".join(["SELECT * FROM rightly", *(f"({arm})" for arm in SLIPPED)]))}"""
# Of several words the rarest finds who may be meant; words that many share are looked for in what that one finds.
TOGETHER = f"""
per AS MATERIALIZED (SELECT story, i, sum(n) AS n, bool_and(is_kind) AS is_kind FROM (
  SELECT story, i, n, false AS is_kind FROM found
  UNION ALL
  SELECT story, i, 1000000, true FROM meant WHERE cardinality(words) > 1) y GROUP BY 1, 2),
driver AS MATERIALIZED (SELECT DISTINCT ON (story) story, i FROM per
  WHERE story IN (SELECT story FROM per GROUP BY 1 HAVING count(*) >= cardinality(words) - dropped)
  ORDER BY story, is_kind, n, i),
wide AS MATERIALIZED (SELECT per.story, per.i, words[per.i] AS word, driver.i AS least
  FROM per JOIN driver USING (story) WHERE per.n >= most AND per.i <> driver.i),
candidate AS MATERIALIZED (SELECT wide.i, wide.word, f.entry_id, f.story, f.horizon
  FROM wide JOIN found f ON f.story = wide.story AND f.i = wide.least),
each AS (SELECT i, entry_id, story, horizon, min(how) AS how, max(level) AS level, max(since) AS since FROM (
  SELECT i, entry_id, story, horizon, how, level, since FROM found WHERE story IN (SELECT story FROM driver)
  UNION ALL
  SELECT c.i, c.entry_id, c.story, c.horizon, CASE WHEN r.key = c.word THEN 0 ELSE 1 END + {TOLD}, r.level, {MET}
  FROM candidate c CROSS JOIN LATERAL (SELECT w.key, w.level, w.since FROM wiki_word w WHERE w.entry_id = c.entry_id
    AND w.key >= c.word AND w.key < c.word || chr(1114111)
    AND w.since <= c.horizon AND (w.until IS NULL OR w.until > c.horizon)
    AND w.level <= 0 AND (w.level = 0 OR length(c.word) > 2) OFFSET 0) r
  UNION ALL
  SELECT c.i, c.entry_id, c.story, c.horizon, m.how, 0, 0
  FROM meant m JOIN candidate c ON c.i = m.i AND c.story = m.story
  JOIN wiki_entry e ON e.id = c.entry_id AND e.kind_id = m.kind) checked GROUP BY 1, 2, 3, 4),
best AS (SELECT entry_id, story, horizon, max(since) AS since, (cardinality(words) - count(*))::int AS missing,
  sum(how)::int + 8 * (cardinality(words) - count(*))::int AS how
  FROM each GROUP BY 1, 2, 3 HAVING count(*) >= cardinality(words) - dropped
  ORDER BY 6, max(level) DESC, 4 DESC, 1 LIMIT near)
"""
ALONE = """
best AS (SELECT entry_id, story, horizon, max(since) AS since, 0 AS missing, min(how)::int AS how
  FROM {found} GROUP BY 1, 2, 3 ORDER BY 6, max(level) DESC, 4 DESC, 1 LIMIT near)
"""
BEST = """
SELECT b.entry_id, b.story, b.missing,
  b.how - CASE WHEN EXISTS (SELECT FROM wiki_name n WHERE n.entry_id = b.entry_id AND n.since <= b.horizon
    AND (n.until IS NULL OR n.until > b.horizon) AND n.folded = ANY (wholes)) THEN 1 ELSE 0 END, coalesce(s.level, 0), t.seen
FROM best b
JOIN h ON h.story = b.story
LEFT JOIN LATERAL (SELECT w.level::int AS level FROM wiki_word w
  WHERE w.entry_id = b.entry_id AND w.level > 0 AND w.since <= h.told ORDER BY w.level DESC LIMIT 1) s ON true
LEFT JOIN LATERAL (SELECT g.point AS seen FROM wiki_tagging g
  JOIN reader_paragraph p ON p.id = g.paragraph_id AND NOT p.is_retired
  WHERE g.entry_id = b.entry_id AND g.state = 'linked' AND NOT g.is_lost
    AND g.point <= h.told AND g.since <= b.horizon
  ORDER BY g.point DESC LIMIT 1) t ON true
ORDER BY 4, s.level DESC NULLS LAST, t.seen DESC NULLS LAST, b.since DESC, 1 LIMIT shown;
"""
# One for each sort of question: what a plan holds has to be set up each time, used or not.
FUNCTIONS = {
    "wiki_word_typed": RIGHTLY + ALONE.format(found="rightly"),
    "wiki_words_typed": RIGHTLY + FOUND.format(every="SELECT * FROM rightly") + TOGETHER,
    "wiki_word_slipped": RIGHTLY + WITH_SLIPS + ALONE.format(found="found"),
    "wiki_words_slipped": RIGHTLY + WITH_SLIPS + TOGETHER,
}
CREATE = [
    f"""
CREATE FUNCTION {name}({PARAMETERS})
RETURNS TABLE(entry_id bigint, story bigint, missing int, how int, level int, seen bigint)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET jit = off
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY {found} {BEST}
END $body$;
"""
    for name, found in FUNCTIONS.items()
]


def index_stories(apps, schema_editor):
    """What is there already becomes searchable soon after, by jobs."""
    Job = apps.get_model("reader", "Job")
    now = timezone.now()
    for story in apps.get_model("reader", "Story").objects.values_list("pk", flat=True):
        Job.objects.create(kind="index-story", payload={"story": story}, unique_key=str(story), run_at=now)


class Migration(migrations.Migration):
    dependencies = [("reader", "0003_one_name_in_any_case"), ("wiki", "0006_search")]

    operations = [
        migrations.AddIndex(
            model_name="entry", index=models.Index(fields=["story", "kind", "since"], name="entry_of_kind")
        ),
        migrations.RunPython(index_stories, migrations.RunPython.noop),
        migrations.RunSQL(CREATE, [f"DROP FUNCTION IF EXISTS {name}" for name in FUNCTIONS]),
    ]
