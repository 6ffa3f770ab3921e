namespace Equaticket.Endurance.Running;

/// <summary>A host of the product, with its network links to the database.</summary>
public sealed class ProductHost(
    RunFolder folder, string name, int port, Forwarder[] network, Dictionary<string, string> settings)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(3) };

    private readonly Dictionary<string, string> _settings = new(settings)
    {
        ["LD_PRELOAD"] = RunOptions.ClockLibrary,
        ["CLOCK_SHIFT"] = folder.In("clocks", name),
    };

    private Child? _process;

    public string Name => name;

    public int Port => port;

    public int? ProcessId => _process is { IsRunning: true } ? _process.Id : null;

    public void Start()
    {
        ShiftClock(TimeSpan.Zero);
        _process = Child.Start(folder, name, ["dotnet", RunOptions.HostProgram, "serve"], _settings);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Start();
        await WaitUntilReadyAsync(TimeSpan.FromMinutes(2), cancellationToken);
    }

    /// <summary>How often the host exited unexpectedly and was restarted, as a service manager would do.</summary>
    public int Restarts { get; private set; }

    public Task WaitUntilReadyAsync(TimeSpan patience, CancellationToken cancellationToken) => Wait.UntilAsync(
        $"{name} to be ready", patience,
        async () =>
        {
            if (ProcessId is null)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                Restarts++;
                Start();
            }

            return await IsReadyAsync();
        },
        cancellationToken);

    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    public Task TerminateAsync() => _process?.TerminateAsync(TimeSpan.FromSeconds(60)) ?? Task.CompletedTask;

    public void CutNetwork() => Array.ForEach(network, part => part.Cut());

    public void MendNetwork() => Array.ForEach(network, part => part.Mend());

    /// <summary>Sets how far the host's wall clock is ahead, in whole seconds (see clock.c).</summary>
    public void ShiftClock(TimeSpan shift)
    {
        using var file = File.OpenHandle(_settings["CLOCK_SHIFT"], FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.Write(file, BitConverter.GetBytes((long)shift.TotalSeconds), fileOffset: 0);
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await Http.GetAsync($"http://127.0.0.1:{port}/readyz");
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
