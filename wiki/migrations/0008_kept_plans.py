"""Functions that say how entries are called and what is told of them at a horizon, with plans that are kept.

Both are asked for every letter that somebody types, of two dozen entries: written out, planning them takes three times
as long as the rest. The first says what wiki/gate/naming.py says of a story's names, the second what
wiki/gate/pages.py shows of facts: of a label the newest value, or all where one says that it holds many.
"""

from django.db import migrations

NEVER = 2**63 - 1  # since when what shows to nobody is known

KNOWN = """
CREATE FUNCTION wiki_names_known(entries bigint[], horizons bigint[])
RETURNS TABLE(entry bigint, met bigint, kind text, kind_name text, plural text, icon text, hue int, slug text,
  picture text, alt text, name text, sort text, since bigint, place int)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET jit = off AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
SELECT e.id, e.since, k.slug::text, k.name::text, k.plural::text, k.icon::text, k.hue::int, s.slug::text,
  p.public_id::text, p.alt::text, n.text::text, n.sort::text, n.since, n.position::int
FROM unnest(entries, horizons) AS one(entry, horizon)
JOIN wiki_entry e ON e.id = one.entry AND e.since <= one.horizon
JOIN wiki_kind k ON k.id = e.kind_id
JOIN wiki_name n ON n.entry_id = e.id AND n.since <= one.horizon AND (n.until IS NULL OR n.until > one.horizon)
LEFT JOIN LATERAL (
  SELECT x.slug FROM wiki_slug x WHERE x.entry_id = e.id AND NOT x.is_redirect AND x.since <= one.horizon
  ORDER BY x.since DESC, x.id DESC LIMIT 1) s ON true
LEFT JOIN LATERAL (
  SELECT i.public_id, x.alt FROM wiki_picture x JOIN wiki_image i ON i.id = x.image_id
  WHERE x.entry_id = e.id AND x.since <= one.horizon AND (x.until IS NULL OR x.until > one.horizon)
  ORDER BY x.since DESC, x.position DESC LIMIT 1) p ON true
ORDER BY e.id, n.position;
END $body$;
"""
TOLD = f"""
CREATE FUNCTION wiki_told_of(entries bigint[], horizons bigint[], kinds text[], facts int, blocks int, kept int)
RETURNS TABLE(entry bigint, label text, said text, links text[])
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET jit = off AS $body$
#variable_conflict use_column
BEGIN RETURN QUERY
SELECT one.entry, piece.label::text, piece.text, piece.links::text[]
FROM unnest(entries, horizons) AS one(entry, horizon) CROSS JOIN LATERAL (
  (SELECT f.label, f.text, f.links FROM (
    SELECT f.id, f.label, f.text, f.links, f.since, f.position,
      bool_or(f.is_many) OVER label OR row_number() OVER newest = 1 AS stands
    FROM wiki_fact f
    WHERE f.entry_id = one.entry AND f.since <= one.horizon AND (f.until IS NULL OR f.until > one.horizon)
    WINDOW label AS (PARTITION BY f.label),
      newest AS (PARTITION BY f.label ORDER BY f.since DESC, f.position DESC, f.id)) f
  WHERE f.stands AND f.since < {NEVER}
  ORDER BY f.position, f.since, f.id LIMIT facts)
  UNION ALL
  (SELECT '', left(b.text, kept), NULL FROM wiki_block b
  WHERE b.entry_id = one.entry AND b.since <= one.horizon AND (b.until IS NULL OR b.until > one.horizon)
    AND b.since < {NEVER} AND b.kind = ANY (kinds)
  ORDER BY b.since, b.position, b.id LIMIT blocks)
) piece;
END $body$;
"""  # noqa: S608 - no input


class Migration(migrations.Migration):
    dependencies = [("wiki", "0007_names_found")]

    operations = [
        migrations.RunSQL(KNOWN, "DROP FUNCTION IF EXISTS wiki_names_known"),
        migrations.RunSQL(TOLD, "DROP FUNCTION IF EXISTS wiki_told_of"),
        # So that a row of which nothing but the end is changed stays in its place (wiki/search/tellings.py).
        migrations.RunSQL(
            "ALTER TABLE wiki_telling SET (fillfactor = 80)", "ALTER TABLE wiki_telling RESET (fillfactor)"
        ),
    ]
