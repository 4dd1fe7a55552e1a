-- Whether a stream is read through FFmpeg. Its transport says TCP then and is of no meaning.
alter table camera add column main_compat integer not null default 0 check (main_compat in (0, 1));
alter table camera add column sub_compat integer not null default 0 check (sub_compat in (0, 1));
