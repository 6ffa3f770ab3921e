using System.Diagnostics;
using System.Text.Json.Nodes;
using Equaticket.Host.Hosting;

namespace Equaticket.Host.Tests;

/// <summary>The result of a command: its exit code and output.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>The single line of JSON that a successful command printed.</summary>
    public JsonObject SingleObject
    {
        get
        {
            Assert.True(ExitCode == 0, Errors + Output);
            Assert.Equal(1, Output.Count(character => character == '\n'));
            return Json.AsObject();
        }
    }
}

/// <summary>Runs the built program as a separate process, as users and scripts do.</summary>
internal static class HostProgram
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    /// <summary>The program that is built together with these tests.</summary>
    public static readonly string Program = Path.GetFullPath(Path.Join(
        AppContext.BaseDirectory,
        "..", "..", "Host", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "Equaticket.Host.dll"));

    /// <summary>Runs a command to completion.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="words">The command and its options, separated by spaces.</param>
    /// <param name="settings">Environment variables.</param>
    public static Task<Outcome> RunAsync(
        string data, string words, params (string Name, string Value)[] settings) =>
        RunAsync(data, words, input: "", settings);

    /// <summary>Runs a command that reads from standard input.</summary>
    public static async Task<Outcome> RunAsync(
        string data, string words, string input, params (string Name, string Value)[] settings)
    {
        using var process = Start(data, words.Split(' '), settings);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Bound);
        return new Outcome(process.ExitCode, output, await errors);
    }

    /// <summary>
    /// Runs a command that reads no input in this process, because a separate one takes seconds of processor time.
    /// </summary>
    /// <param name="words">The command and its options, separated by spaces.</param>
    /// <param name="settings">Environment variables.</param>
    public static async Task<Outcome> RunHereAsync(string words, params (string Name, string Value)[] settings)
    {
        var overrides = new Dictionary<string, string?> { ["ConnectionStrings:Equaticket"] = null };
        foreach (var (name, value) in settings)
            overrides[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        var console = new CapturedConsole();
        var exitCode = await Task.Run(() =>
        {
            EquaticketServer.Overrides.Value = overrides;
            return console.Capture(
                () => (int)typeof(EquaticketServer).Assembly.EntryPoint!.Invoke(null, [words.Split(' ')])!);
        });
        return new Outcome(exitCode, console.Output, console.Errors);
    }

    /// <summary>Runs a command with <c>--json</c> that must succeed.</summary>
    public static async Task<JsonObject> JsonAsync(string data, string words) =>
        (await RunAsync(data, $"{words} --json")).SingleObject;

    /// <param name="data">The data folder.</param>
    /// <param name="words">The command and its options.</param>
    /// <param name="settings">Environment variables.</param>
    public static Process Start(
        string data, string[] words, params (string Name, string Value)[] settings)
    {
        // A shell makes background processes ignore Ctrl-C, and their children inherit that.
        string[] line = OperatingSystem.IsLinux()
            ? ["env", "--default-signal=INT", "dotnet", Program, .. words]
            : ["dotnet", Program, .. words];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ConnectionStrings__Equaticket");
        start.Environment["EQUATICKET_DATA"] = data;
        // Code that is compiled once more, with optimizations, doesn't pay off in processes that live for seconds.
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
