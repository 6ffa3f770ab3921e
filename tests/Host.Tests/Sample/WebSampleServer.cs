using System.Diagnostics;

namespace Equaticket.Host.Tests.Sample;

/// <summary>The server of the built sample, which stores the key for its page.</summary>
internal sealed class WebSampleServer : IAsyncDisposable
{
    private static readonly TimeSpan StartBound = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private WebSampleServer(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <param name="api">The URL of the API.</param>
    /// <param name="key">The server's key.</param>
    public static async Task<WebSampleServer> StartAsync(Uri api, string key)
    {
        var process = WebSample.Start(
            "node", ["server.mjs"],
            ("EQUATICKET_URL", api.AbsoluteUri), ("EQUATICKET_KEY", key), ("PORT", "0"));
        var errors = process.StandardError.ReadToEndAsync();
        var address = await process.StandardOutput.ReadLineAsync().WaitAsync(StartBound);
        return new WebSampleServer(
            process,
            new Uri(address ?? throw new InvalidOperationException(await errors)));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
