using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Introspection;
using Equaticket.SchemaDiff;
using GraphQL.Types;

namespace Equaticket.Host.Commands;

/// <summary>
/// <c>schema diff</c> and <c>schema check</c>: report the effect of a schema change on clients. They exit
/// with 1 if a change is breaking, and with 2 if the comparison fails.
/// </summary>
internal static class SchemaCommands
{
    private const int HasBreakingChanges = 1;
    private const int NotCompared = 2;
    private const string ExitCodes = "Exits with 1 if a change is breaking, 2 if the comparison fails.";
    private const string SchemaFile = "schema.graphql";

    public static Command Diff()
    {
        var before = new Argument<string>("OLD") { Description = "The file with the old schema." };
        var after = new Argument<string>("NEW") { Description = "The file with the new schema." };
        var json = CommandOptions.Json();
        var command = new Command("diff", $"Compare two schemas. {ExitCodes}")
        {
            before, after, json,
        };
        command.SetAction((given, cancellationToken) => ReportAsync(given.GetValue(json), async () =>
            SchemaComparison.Compare(
                await CommandFiles.ReadAsync(given.GetValue(before)!, cancellationToken),
                await CommandFiles.ReadAsync(given.GetValue(after)!, cancellationToken))));
        return command;
    }

    public static Command Check()
    {
        var against = CommandOptions.Text(
            "--against", $"A file, or a git revision that has {SchemaFile} at its root.");
        var changelog = CommandOptions.Text(
            "--changelog",
            "A file whose \"Unreleased\" section names accepted breaking changes, as in `Event.title`.",
            required: false);
        var json = CommandOptions.Json();
        var command = new Command("check", $"Compare this program's schema with an earlier one. {ExitCodes}")
        {
            against, changelog, json,
        };
        command.SetAction((given, cancellationToken) => ReportAsync(given.GetValue(json), async () =>
        {
            var before = await ReadAsync(given.GetValue(against)!, cancellationToken);
            var after = await ExportCommands.MakeAsync(services =>
                SchemaText.Print(services.GetRequiredService<ISchema>()));
            var changes = SchemaComparison.Compare(before, after);
            return given.GetValue(changelog) is { } file
                ? Changelog.Admit(changes, await CommandFiles.ReadAsync(file, cancellationToken))
                : changes;
        }));
        return command;
    }

    /// <summary>Maps the exit code of a mistyped command, so that it differs from that of a breaking change.</summary>
    public static int Mistyped(ParseResult given, int exitCode) =>
        given.CommandResult is { Command.Name: "diff" or "check", Parent: CommandResult { Command.Name: "schema" } }
            ? NotCompared
            : exitCode;

    private static async Task<int> ReportAsync(
        bool asJson, Func<Task<IReadOnlyList<SchemaChange>>> compare)
    {
        var isBreaking = false;
        var code = await CommandHost.ReportAsync(async () =>
        {
            var changes = await compare();
            isBreaking = changes.Any(change => change.Severity == Severity.Breaking);
            CommandHost.Print(asJson, ChangeReport.Json(changes), ChangeReport.Text(changes));
        });
        return code != 0 ? NotCompared : isBreaking ? HasBreakingChanges : 0;
    }

    private static Task<string> ReadAsync(string source, CancellationToken cancellationToken) =>
        File.Exists(source)
            ? CommandFiles.ReadAsync(source, cancellationToken)
            : ReadRevisionAsync(source, cancellationToken);

    private static async Task<string> ReadRevisionAsync(
        string revision, CancellationToken cancellationToken)
    {
        using var git = StartGit(revision);
        var errors = git.StandardError.ReadToEndAsync(cancellationToken);
        var text = await git.StandardOutput.ReadToEndAsync(cancellationToken);
        await git.WaitForExitAsync(cancellationToken);
        return git.ExitCode == 0
            ? text
            : throw ApiError.Validation(
                null, $"{revision} is neither a file nor a git revision: {(await errors).Trim()}");
    }

    private static Process StartGit(string revision)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(
                "git", ["show", "--end-of-options", $"{revision}:{SchemaFile}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception)
        {
            throw ApiError.Validation(
                null, $"The file {revision} does not exist. To use a git revision, install git.");
        }
    }
}

/// <summary>Formats schema changes for users and scripts.</summary>
internal static class ChangeReport
{
    public static object Json(IReadOnlyList<SchemaChange> changes) => new
    {
        Breaking = Of(changes, Severity.Breaking),
        Dangerous = Of(changes, Severity.Dangerous),
        Safe = Of(changes, Severity.Safe),
    };

    public static string Text(IReadOnlyList<SchemaChange> changes)
    {
        if (changes.Count == 0)
            return "The schemas are identical.";
        var text = new StringBuilder();
        foreach (var group in changes.GroupBy(change => change.Severity).OrderBy(group => group.Key))
        {
            text.AppendLine($"{group.Key} ({group.Count()})");
            foreach (var change in group)
                text.AppendLine($"  {change.Message} {change.Reason}".TrimEnd());
        }

        return text.ToString().TrimEnd();
    }

    private static IEnumerable<object> Of(IEnumerable<SchemaChange> changes, Severity severity) =>
        changes.Where(change => change.Severity == severity)
            .Select(change => new { change.Path, change.Message, change.Reason });
}
