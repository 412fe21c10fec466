import { digestHex } from "../../src/sha256.ts";

/** What an installation has that was made with one of the schemas: rows in the columns of that time. */

const NOW = Date.now();
const id = (n: number) => String(n).padStart(26, "0");
export const SINGLE = id(1);
export const BATCH = id(3);
export const IN_SESSION = id(4);
/** A client's key of that time. */
export const OLD_KEY = `ts_team_${"a".repeat(8)}${"B".repeat(32)}`;

const JOB = `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, finished_at, question, tags, session_id,
  language, metrics, judge, submitted_by, dedupe_key, fingerprint, total, done, failed, outcomes, means, run_id) VALUES`;
const SAMPLE = `INSERT INTO samples (job_id, seq, sample_id, status, attempt, question, answer, outcomes, session_id) VALUES`;
const RUN = `INSERT INTO runs (project, id, mode, judge, started_at, finished_at, total_samples, valid_samples, invalid_samples,
  metrics, tags, session_id, question, attempt, is_counted, totals) VALUES`;

/** SQL by the migration that made its tables; each runs on every schema from that one on. */
export const OLD_ROWS: Readonly<Record<string, readonly string[]>> = {
  "0001_tables.sql": [
    `${JOB} ('default', 'job_${SINGLE}', 'single', 'completed', 1, 2, 2, '年假有几天？', '{"app":"客服","env":"prod"}', 's-1',
      'zh', '["faithfulness"]', 'offline', 'open', 'same:1', 'f1', 1, 1, 0, '{"faithfulness":[1,"o"]}', '{}', 'run_${SINGLE}')`,
    `INSERT INTO jobs (project, id, kind, status, created_at, updated_at, wake_at, question, language, metrics, judge,
       submitted_by, fingerprint, total)
     VALUES ('default', 'job_${id(2)}', 'single', 'queued', ${NOW}, ${NOW}, 9999999999999, 'Waiting', 'en',
       '["faithfulness"]', 'offline', 'open', 'f2', 1)`,
    `${SAMPLE} ('job_${SINGLE}', 0, '1', 'completed', 1, NULL, '五天。', NULL, 's-1')`,
    `${RUN} ('default', 'run_${SINGLE}', 'single', 'offline', 1, ${NOW}, 1, 1, 0, '{"faithfulness":[1]}', '{"app":"客服"}', NULL,
      '年假有几天？', 1, 1, '{"":{"faithfulness":[3,1.1,0.7],"bleu":[1,0.25,0.0625]},"app=客服":{"faithfulness":[2,1,0.5]}}')`,
    `${JOB} ('default', 'job_${BATCH}', 'batch', 'completed', 4, 5, 5, 'How long is the warranty?', '{}', NULL, 'en',
      '["faithfulness"]', 'offline', 'open', 'same:3', 'f3', 2, 1, 1, '{}', '{"faithfulness":0.5}', 'run_${BATCH}')`,
    `INSERT INTO batches (job_id, project, format, options, upload_key, planned_at)
     VALUES ('job_${BATCH}', 'default', 'jsonl', '{}', 'u', 4)`,
    `INSERT INTO chunks (job_id, n, first_seq, last_seq, is_open, done, failed) VALUES ('job_${BATCH}', 0, 0, 1, 0, 1, 1)`,
    `${SAMPLE} ('job_${BATCH}', 0, 'q-1', 'completed', 1, 'How long is the warranty?', 'Two years.', '{"faithfulness":[0.5,"o"]}', NULL),
      ('job_${BATCH}', 1, 'q-2', 'failed', 1, '保修多久？', '', NULL, NULL)`,
    `${RUN} ('default', 'run_${BATCH}', 'batch', 'offline', 4, 5, 2, 1, 1, '{"faithfulness":[0.5,0.5]}', '{}', NULL,
      NULL, 1, 0, NULL)`,
    `${JOB} ('default', 'job_${IN_SESSION}', 'single', 'completed', 6, 7, 7, '病假要证明吗？', '{}', '会话 7', 'zh',
      '["faithfulness"]', 'offline', 'open', 'same:4', 'f4', 1, 1, 0, '{"faithfulness":[0.25,"o"]}', '{}', 'run_${IN_SESSION}')`,
    `${SAMPLE} ('job_${IN_SESSION}', 0, '1', 'completed', 1, NULL, '要。', NULL, '会话 7')`,
    `INSERT INTO sessions (project, run_id, session_id, version, built_version)
     VALUES ('default', 'run_${IN_SESSION}', '会话 7', 1, 1)`,
    `${RUN} ('default', 'run_${IN_SESSION}', 'session', 'offline', 6, 7, 1, 1, 0, '{"faithfulness":[0.25]}', '{}', '会话 7',
      NULL, 1, 0, NULL)`,
    `INSERT INTO deliveries (project, id, job_id, event, url, state, created_at, delivered_at, attempts)
     VALUES ('default', 'msg_${id(1)}', 'job_${SINGLE}', 'job.completed', 'https://example.com/hook', 'delivered', 2, 3, 1)`,
    `INSERT INTO channels (project, id, name, kind, address, address_digest, masked, events, language, created_at, created_by)
     VALUES ('default', 'chn_${id(1)}', '值班群', 'feishu', 'sealed', 'd', 'https://open.feishu.cn/…abcd', '["alert.firing"]', 'zh',
       1, 'open')`,
    `INSERT INTO test_sets (project, id, name, version, items, created_at, created_by, changed_at)
     VALUES ('default', 'set_${id(1)}', '回归', 'v1', 1, 1, 'open', 1)`,
    `INSERT INTO test_items (set_id, id, place, hash, item) VALUES ('set_${id(1)}', 'q1', 0, 'h', '{"id":"q1","question":"年假有几天？"}')`,
    `INSERT INTO targets (project, id, name, kind, mode, base_url, options, inputs, created_at, created_by)
     VALUES ('default', 'tgt_${id(1)}', '客服', 'dify', 'chat', 'https://api.dify.ai/v1', '{}', '[]', 1, 'open')`,
    `INSERT INTO experiments (project, id, set_id, set_version, rules, created_at, created_by)
     VALUES ('default', 'exp_${id(1)}', 'set_${id(1)}', 'v1', '[]', 1, 'open')`,
    `INSERT INTO experiment_runs (project, experiment_id, n, job_id, target_id, label, inputs, total)
     VALUES ('default', 'exp_${id(1)}', 0, 'job_${BATCH}', 'tgt_${id(1)}', '客服', '{}', 1)`,
    `INSERT INTO asks (job_id, seq, target_id, item_id, item, state, outcome)
     VALUES ('job_${BATCH}', 0, 'tgt_${id(1)}', 'q1', '{"id":"q1","question":"年假有几天？"}', 'done', 'answered')`,
    `INSERT INTO schedules (project, id, name, plan, every_hours, created_at, created_by)
     VALUES ('default', 'sch_${id(1)}', '每晚', '{}', 24, 1, 'open')`,
    `INSERT INTO judge_days (model, day, asked, held, twice, flipped) VALUES ('llm:gpt-6-luna', '2026-11-30', 200, 198, 40, 1)`,
    `INSERT INTO judge_measures (model, day, measured) VALUES ('llm:gpt-6-luna', '2026-11-30', '{}')`,
    `INSERT INTO traces (project, id, arrived_at, submitted_by) VALUES ('default', 'a1', 1, 'open')`,
    `INSERT INTO trace_parts (project, trace_id, id, arrived_at, spans, bytes, body) VALUES ('default', 'a1', 'p1', 1, 1, 2, '[]')`,
    `INSERT INTO trace_days (project, day, counts) VALUES ('default', '2026-11-30', '{"requests":1}')`,
    `INSERT INTO judgements (key, body, created_at, uses) VALUES ('j1', '{}', 1, 1)`,
    `INSERT INTO facts (name, value, until) VALUES ('model', '{}', 1)`,
    `INSERT INTO disabled_callbacks (project, url, disabled_at) VALUES ('default', 'https://example.com/gone', 3)`,
    `INSERT INTO signing_secret (id, secret) VALUES (1, 'half')`,
    `INSERT INTO ended_sessions (id, until) VALUES ('ses_1', 1)`,
    `INSERT INTO refused_keys (id, at, address, failures) VALUES ('aud_0', 1, '192.0.2.1', 3)`,
    `INSERT INTO breaker (name, failures, openings, until, reason) VALUES ('judge', 1, 0, 0, 'timeout')`,
    `INSERT INTO projects (id, name, created_at, redact, samples_per_day, criteria, thresholds)
     VALUES ('team', '客服团队', 1, '["email"]', 500, '[{"name":"polite","text":"回答礼貌吗？","kind":"yes_no"}]',
       '{"faithfulness":[0.3,0.5,0.8]}')`,
    `INSERT INTO access_keys (id, project, name, role, prefix, digest, created_at, created_by)
     VALUES ('key_1', 'team', 'Dify 生产', 'admin', '${OLD_KEY.slice(0, 16)}', '${await digestHex(OLD_KEY)}', 1, 'admin')`,
    `INSERT INTO share_links (project, id, run_id, created_at, created_by, expires_at)
     VALUES ('default', 'shr_1', 'run_${SINGLE}', 1, 'open', ${NOW + 86_400_000})`,
    `INSERT INTO quota_use (project, day, unit, used, cap) VALUES ('team', '2026-01-01', 'samples', 3, 500)`,
    `INSERT INTO audit_log (project, id, at, actor, action, target)
     VALUES ('team', 'aud_1', 1, 'admin', 'key.create', 'key_1')`,
    `INSERT INTO alert_rules (project, id, metric, side, threshold, window_days, created_at, created_by)
     VALUES ('default', 'alr_1', 'faithfulness', 'below', 0.8, 7, 1, 'open')`,
    `INSERT INTO reviews (project, run_id, sample_id, claim_id, reviewer, opinion, note, reviewed_at)
     VALUES ('default', 'run_${BATCH}', 'q-1', '', '小王', 'disagree', '其实是对的', 6)`,
    `INSERT INTO gate_verdicts (project, run_id, verdict, metrics, judged_at)
     VALUES ('default', 'run_${BATCH}', 'fail', '["faithfulness"]', 6)`,
    `INSERT INTO traces (project, id, arrived_at, submitted_by, outcome, run_key, spans)
     VALUES ('default', '${"a".repeat(32)}', 1, 'open', 'scored', '运行-1', 3)`,
    `INSERT INTO trace_parts (project, trace_id, id, arrived_at, spans, bytes, body)
     VALUES ('default', '${"b".repeat(32)}', 'p', 1, 1, 2, '[]')`,
    `INSERT INTO trace_days (project, day, counts) VALUES ('default', '2026-01-01', '{"scored":1}')`,
  ],
};
