using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Equaticket.Host.Tests.Serving;

/// <summary>A server in a separate process, with the output of its startup.</summary>
internal sealed partial class RunningHost : IAsyncDisposable
{
    private const string LastLine = "Press Ctrl-C to stop.";

    /// <summary>Ends a hang. On a machine that is busy with other tests, a start takes minutes.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private bool _isDisposed;

    private RunningHost(Process process, string printed, Task<string> errors)
    {
        (_process, _errors, Printed) = (process, errors, printed);
        Http = new HttpClient { BaseAddress = new Uri(Url().Match(printed).Value) };
    }

    /// <summary>Everything that was printed until the server was ready.</summary>
    public string Printed { get; }

    public HttpClient Http { get; }

    public IReadOnlyList<string> Keys => [.. Key().Matches(Printed).Select(match => match.Value)];

    public string LiveKey => Keys.First(key => key.StartsWith("sk_live_", StringComparison.Ordinal));

    public string TestKey => Keys.First(key => key.StartsWith("sk_test_", StringComparison.Ordinal));

    /// <param name="data">The data folder.</param>
    /// <param name="words">The arguments after <c>serve</c>.</param>
    /// <param name="settings">Environment variables.</param>
    public static async Task<RunningHost> StartAsync(
        string data, string[]? words = null, params (string Name, string Value)[] settings)
    {
        var process = HostProgram.Start(
            data, ["serve", .. words ?? []],
            [
                ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
                ("WarmUp__Enabled", "false"),
                ("RateLimits__Plans__pro", "1000000"),
                .. settings,
            ]);
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            var printed = await ReadAsync(process).WaitAsync(Bound);
            Assert.True(printed.Contains(LastLine, StringComparison.Ordinal), printed);
            _ = process.StandardOutput.ReadToEndAsync();
            return new RunningHost(process, printed, errors);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(await EndAsync(process, errors), late);
        }
        catch
        {
            await EndAsync(process, errors);
            throw;
        }
    }

    public Task<ApiResponse> GetAsync(string path, string key) =>
        ApiResponse.SendAsync(Http, HttpMethod.Get, path, key, body: null);

    public Task<ApiResponse> PostAsync(
        string path, string key, object body, params (string Name, string Value)[] headers) =>
        ApiResponse.SendAsync(Http, HttpMethod.Post, path, key, body, headers);

    /// <summary>Presses Ctrl-C.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        await SignalAsync("INT");
        return await EndAsync();
    }

    /// <summary>Sends <c>SIGTERM</c>, as service managers do.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Waits for the process to exit.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Bound);
        return _process.ExitCode;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(
            "kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the server if it is still running. May be called more than once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_process.HasExited)
            await InterruptAsync();
        await _errors;
        Http.Dispose();
        _process.Dispose();
    }

    /// <returns>The state of a startup that took too long, to tell a busy machine from a host that waits.</returns>
    private static async Task<string> EndAsync(Process process, Task<string> errors)
    {
        var used = process.HasExited ? TimeSpan.Zero : process.TotalProcessorTime;
        process.Kill();
        process.Dispose();
        return $"Not ready after {Bound}, of which it had the processor for {used}. {await errors}";
    }

    private static async Task<string> ReadAsync(Process process)
    {
        var printed = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            printed.AppendLine(line);
            if (line == LastLine)
                break;
        }

        return printed.ToString();
    }

    [GeneratedRegex(@"http://[0-9.]+:\d+")]
    private static partial Regex Url();

    [GeneratedRegex(@"\bsk_(live|test)_[0-9A-Za-z]{38}\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Key();
}
