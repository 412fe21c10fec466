-- Runs of a tag are found by the tags of their jobs, whose ids they have behind another prefix. A session's run bears
-- the name of its first job, which may have other tags, or be gone: then it has rows of its own under that name.

INSERT INTO job_tags (project, label, job_id)
  SELECT runs.project, json_array(tag.key, tag.value), 'job_' || substr(runs.id, 5)
  FROM runs CROSS JOIN json_each(runs.tags) AS tag WHERE runs.mode = 'session'
  ON CONFLICT DO NOTHING;

CREATE TRIGGER job_tags_of_session_run AFTER INSERT ON runs WHEN NEW.mode = 'session' AND NEW.tags <> '{}'
BEGIN
  INSERT INTO job_tags (project, label, job_id)
    SELECT NEW.project, json_array(tag.key, tag.value), 'job_' || substr(NEW.id, 5) FROM json_each(NEW.tags) AS tag
    WHERE true ON CONFLICT DO NOTHING;
END;

DROP TRIGGER job_tags_of_deleted_job;
CREATE TRIGGER job_tags_of_deleted_job AFTER DELETE ON jobs WHEN OLD.tags <> '{}'
BEGIN
  DELETE FROM job_tags WHERE (project, label, job_id) IN (
    SELECT OLD.project, json_array(tag.key, tag.value), OLD.id FROM json_each(OLD.tags) AS tag
    WHERE json_array(tag.key, tag.value) NOT IN (
      SELECT json_array(kept.key, kept.value) FROM runs CROSS JOIN json_each(runs.tags) AS kept
      WHERE runs.project = OLD.project AND runs.id = 'run_' || substr(OLD.id, 5) AND runs.mode = 'session'));
END;

CREATE TRIGGER job_tags_of_deleted_session_run AFTER DELETE ON runs WHEN OLD.mode = 'session' AND OLD.tags <> '{}'
BEGIN
  DELETE FROM job_tags WHERE (project, label, job_id) IN (
    SELECT OLD.project, json_array(tag.key, tag.value), 'job_' || substr(OLD.id, 5) FROM json_each(OLD.tags) AS tag
    WHERE json_array(tag.key, tag.value) NOT IN (
      SELECT json_array(kept.key, kept.value) FROM jobs CROSS JOIN json_each(jobs.tags) AS kept
      WHERE jobs.project = OLD.project AND jobs.id = 'job_' || substr(OLD.id, 5)));
END;
