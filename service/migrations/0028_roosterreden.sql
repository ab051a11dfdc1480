-- A meeting is rejected with a reason from a closed list, and words beside it when somebody wrote some.

ALTER TABLE rooster_besluiten ADD COLUMN reden TEXT;
ALTER TABLE rooster_besluiten ADD COLUMN toelichting TEXT;
