-- What a project asks of its answers: questions of its own, and where numbers begin to be called bad.

-- Criteria as a JSON list; submissions name them as criterion:<name>.
ALTER TABLE projects ADD COLUMN criteria TEXT NOT NULL DEFAULT '[]';
-- [severe, warning, improve] by metric, as a JSON object; for reports made from now on.
ALTER TABLE projects ADD COLUMN thresholds TEXT NOT NULL DEFAULT '{}';
