using System.Diagnostics;
using System.Text.RegularExpressions;
using Equaticket.Host.Tests.EmbeddedPostgres;

namespace Equaticket.Host.Tests.Serving;

/// <summary>The commands in the README work as printed.</summary>
[Trait("Category", "Heavy")]
public sealed partial class ReadmeTests
{
    private const string Address = "http://localhost:5080";

    [Fact]
    public async Task The_commands_work_and_a_sale_takes_under_ten_of_them()
    {
        var sale = CommandsUnder("## A sale from end to end");
        Assert.InRange(sale.Split("\n\n").Length, 5, 9);
        var workflow = CommandsUnder("## Create and publish an event")
            .Replace("KEY=sk_test_…", sale.Split('\n')[0], StringComparison.Ordinal);
        using var folder = await ClusterFolder.PreparedAsync();
        await using var host = await RunningHost.StartAsync(folder.Data);
        var commands = string.Join("\necho\n", workflow, CommandsUnder("## The same with GraphQL"), sale);
        var output = await PasteAsync(
            commands.Replace(
                Address, host.Http.BaseAddress!.ToString().TrimEnd('/'), StringComparison.Ordinal),
            folder.Data);
        Assert.Contains("\"title\":\"Spring Workshop\",\"status\":\"PUBLISHED\"", output, StringComparison.Ordinal);
        Assert.EndsWith("}", output.TrimEnd(), StringComparison.Ordinal);
        var attendee = output[(output.LastIndexOf("{\"id\"", StringComparison.Ordinal))..];
        Assert.Contains("\"checked_in\":true", attendee, StringComparison.Ordinal);
        Assert.Contains("\"livemode\":false", attendee, StringComparison.Ordinal);
    }

    /// <returns>The commands in the shell blocks below a heading.</returns>
    private static string CommandsUnder(string heading)
    {
        var readme = File.ReadAllText(Repository.File("README.md"));
        var section = readme[readme.IndexOf(heading, StringComparison.Ordinal)..].Split("\n## ")[0];
        var blocks = Block().Matches(section).Select(block => block.Groups["commands"].Value.Trim());
        return string.Join("\n\n", blocks);
    }

    /// <summary>Runs commands as printed, in the folder of the README.</summary>
    private static async Task<string> PasteAsync(string commands, string data)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-u", "-c", commands])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__Equaticket");
        start.Environment["EQUATICKET_DATA"] = data;
        using var shell = Process.Start(start)!;
        var errors = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        Assert.True(shell.ExitCode == 0, output + await errors);
        return output;
    }

    [GeneratedRegex("```sh\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
