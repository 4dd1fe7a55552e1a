package id.pantau.vision.worker;

/// What a job is asked to do.
sealed interface JobRequest permits PullRequest, TranscodeRequest, AnalyseRequest, StillRequest {}
