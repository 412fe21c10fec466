-- One row a tag, so that a page of jobs with a tag is read from an index and not searched for among all jobs.

CREATE TABLE job_tags (
  project TEXT NOT NULL,
  -- ["name","value"]: JSON, so that no name can be taken for the start of another's value.
  label   TEXT NOT NULL,
  job_id  TEXT NOT NULL,
  PRIMARY KEY (project, label, job_id)
) STRICT, WITHOUT ROWID;

INSERT INTO job_tags (project, label, job_id)
  SELECT jobs.project, json_array(tag.key, tag.value), jobs.id FROM jobs, json_each(jobs.tags) AS tag;

CREATE TRIGGER job_tags_of_new_job AFTER INSERT ON jobs WHEN NEW.tags <> '{}'
BEGIN
  INSERT INTO job_tags (project, label, job_id)
    SELECT NEW.project, json_array(tag.key, tag.value), NEW.id FROM json_each(NEW.tags) AS tag;
END;

CREATE TRIGGER job_tags_of_changed_job AFTER UPDATE OF tags ON jobs WHEN OLD.tags <> NEW.tags
BEGIN
  DELETE FROM job_tags WHERE project = OLD.project AND job_id = OLD.id
    AND label IN (SELECT json_array(tag.key, tag.value) FROM json_each(OLD.tags) AS tag);
  INSERT INTO job_tags (project, label, job_id)
    SELECT NEW.project, json_array(tag.key, tag.value), NEW.id FROM json_each(NEW.tags) AS tag;
END;

CREATE TRIGGER job_tags_of_deleted_job AFTER DELETE ON jobs WHEN OLD.tags <> '{}'
BEGIN
  DELETE FROM job_tags WHERE project = OLD.project AND job_id = OLD.id
    AND label IN (SELECT json_array(tag.key, tag.value) FROM json_each(OLD.tags) AS tag);
END;
