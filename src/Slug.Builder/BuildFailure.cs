using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builder;

/// <summary>The endings that a pusher can meet, in words.</summary>
internal static class BuildFailure
{
    private const int NoSpaceLeft = 28;

    public static BuildOutcome Program(BuildPhase phase, string program, int exitCode, FailureReason reason, BuildJob job) =>
        new BuildOutcome.Failed
        {
            Phase = phase,
            Reason = reason,
            ExitCode = exitCode,
            Message = reason switch
            {
                FailureReason.OutOfMemory => $"SLUG3101: Build ran out of memory ({ByteSize.InWords(job.MemoryLimit)}); do less at a time, or ask the operator for more",
                FailureReason.TooManyProcesses => $"SLUG3102: Build started more than {job.ProcessLimit} processes; run fewer at a time, or ask the operator for more",
                FailureReason.DiskFull => DiskFullMessage,
                _ => $"SLUG3141: {program} exited with {exitCode}; the lines above say why",
            },
        };

    public static BuildOutcome BadProcfile(string mistake) =>
        Invalid(BuildPhase.Release, $"SLUG3151: Procfile is not valid, {mistake}; expected 'name: command' on each line; correct it and push again");

    public static BuildOutcome BadRelease(string buildpack, string mistake) =>
        Invalid(BuildPhase.Release, $"SLUG3152: bin/release of buildpack '{buildpack}' printed no valid YAML, {mistake}; expected default_process_types with one command each; tell the buildpack's author");

    public static BuildOutcome BadSource(string mistake) =>
        Invalid(BuildPhase.Fetch, $"SLUG3111: source cannot be unpacked, {mistake}; take that entry out of the source and push again");

    public static BuildOutcome WrongDigest(string buildpack, Digest found, Digest expected) =>
        new BuildOutcome.Failed
        {
            Phase = BuildPhase.Fetch,
            Reason = FailureReason.Internal,
            Message = $"SLUG3112: buildpack '{buildpack}' arrived as {found}; expected {expected}; push again, or tell the operator",
        };

    public static BuildOutcome NoFolder(string buildpack) =>
        Invalid(BuildPhase.Fetch, $"SLUG3200: the source has no folder '{buildpack}', which was chosen as buildpack; commit it, or choose another: ./slug buildpacks APP");

    public static BuildOutcome BadFolder(string buildpack, string mistake) =>
        Invalid(BuildPhase.Fetch, $"SLUG3201: the folder '{buildpack}' cannot be a buildpack: {mistake}");

    public static BuildOutcome NoTests(IEnumerable<string> buildpacks) =>
        Invalid(BuildPhase.Test, $"SLUG3202: no buildpack of this app runs tests: {string.Join(", ", buildpacks)}; expected bin/test in one; add a folder of the app that has it: ./slug buildpacks APP add ./FOLDER");

    public static BuildOutcome NoInputs(string buildpack) =>
        Invalid(BuildPhase.Restore, $"SLUG3400: buildpack '{buildpack}' has bin/dependencies and no dependencies.inputs; expected the files that it reads, one pattern per line; tell the buildpack's author");

    public static BuildOutcome InTheWay(string buildpack, string path) =>
        Invalid(BuildPhase.Compile, $"SLUG3401: '{path}' of the app is in the way of what bin/dependencies of buildpack '{buildpack}' makes: one of the two is a folder; take it out of the source, or leave it out with .slugignore");

    public static BuildOutcome BadEntry(string mistake) =>
        Invalid(BuildPhase.Pack, $"SLUG3161: app cannot be packed: {mistake}");

    public static BuildOutcome TooLarge(long size, long limit, string folders) =>
        new BuildOutcome.Failed
        {
            Phase = BuildPhase.Pack,
            Reason = FailureReason.TooLarge,
            Message = $"SLUG3162: Slug is {ByteSize.InWords(size)}, the limit is {ByteSize.InWords(limit)}; largest folders before compression: {folders}; leave out what the app does not need, with .slugignore or in its build",
        };

    /// <summary>Something broke that is not the app's: unless the disk is merely full.</summary>
    public static BuildOutcome Unexpected(BuildPhase phase, Exception cause) =>
        cause is IOException { HResult: NoSpaceLeft }
            ? new BuildOutcome.Failed { Phase = phase, Reason = FailureReason.DiskFull, Message = DiskFullMessage }
            : new BuildOutcome.Failed
            {
                Phase = phase,
                Reason = FailureReason.Internal,
                Message = $"SLUG3104: builder failed with '{cause.Message}'; this is not the app's fault; push again, or tell the operator",
            };

    private static string DiskFullMessage =>
        "SLUG3103: Build ran out of disk space; leave less behind, or ask the operator for more";

    private static BuildOutcome.Failed Invalid(BuildPhase phase, string message) =>
        new() { Phase = phase, Reason = FailureReason.Invalid, Message = message };
}
