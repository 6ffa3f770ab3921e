namespace Equaticket.Endurance.Running;

/// <summary>A PostgreSQL server with its Patroni, on a small dedicated disk if one can be mounted.</summary>
public sealed class DatabaseServer(RunFolder folder, string name, int port, int restPort)
{
    private const string DiskSize = "1024m";

    private Child? _patroni;

    /// <summary>The prefix of a command that refuses to run as root.</summary>
    public static IReadOnlyList<string> AsItsUser =>
        IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : [];

    public string Name => name;

    public int Port => port;

    public int RestPort => restPort;

    /// <summary>Whether its disk can be filled without affecting others.</summary>
    public bool HasOwnDisk { get; private set; }

    public string SettingsFile { get; private set; } = "";

    public string DataFolder => folder.In(name, "disk", "data");

    private string Disk => folder.In(name, "disk");

    private string Ballast => folder.In(name, "disk", "ballast");

    public async Task PrepareAsync(string settings)
    {
        SettingsFile = folder.Write($"{name}.yml", settings);
        Directory.CreateDirectory(Disk);
        HasOwnDisk = IsRoot && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={DiskSize}", "tmpfs", Disk);
        if (HasOwnDisk)
            await File.WriteAllTextAsync(folder.In("mounts", name), $"{Disk}\n");
        if (IsRoot)
            await RunAsync("chown", "-R", "postgres:", Disk, SettingsFile);
    }

    public Task StartAsync()
    {
        _patroni = Child.Start(
            folder, name, [.. AsItsUser, "patroni", SettingsFile],
            new Dictionary<string, string> { ["HOME"] = Disk, ["LC_ALL"] = "C.UTF-8" });
        return Task.CompletedTask;
    }

    /// <summary>Simulates a power failure: kills Patroni, the server, and all its backends together.</summary>
    public async Task KillAsync()
    {
        await Signals.SendAsync("-KILL", await ProcessesAsync());
        await _patroni!.KillAsync();
    }

    public async Task EndAsync()
    {
        if (_patroni is not null)
        {
            var processes = await ProcessesAsync();
            await _patroni.TerminateAsync(TimeSpan.FromSeconds(15));
            await Signals.SendAsync("-KILL", [.. processes.Where(id => Directory.Exists($"/proc/{id}"))]);
        }

        if (HasOwnDisk && await RunAsync("umount", Disk))
            File.Delete(folder.In("mounts", name));
    }

    /// <summary>Fills the disk completely.</summary>
    public Task FillDiskAsync() =>
        RunAsync("dd", "if=/dev/zero", $"of={Ballast}", "bs=1M", $"count={DiskSize.TrimEnd('m')}");

    public void EmptyDisk() => File.Delete(Ballast);

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>PostgreSQL detaches from Patroni, so its process id comes from its PID file.</summary>
    private async Task<int[]> ProcessesAsync()
    {
        List<int> found = [.. Signals.TreeOf(_patroni!.Id)];
        var file = Path.Combine(DataFolder, "postmaster.pid");
        if (File.Exists(file)
            && int.TryParse((await File.ReadAllLinesAsync(file)).FirstOrDefault(), out var postmaster)
            && File.Exists($"/proc/{postmaster}/cmdline")
            && (await File.ReadAllTextAsync($"/proc/{postmaster}/cmdline"))
                .Contains(DataFolder, StringComparison.Ordinal))
            found.AddRange(Signals.TreeOf(postmaster));
        return [.. found.Distinct()];
    }

    private async Task<bool> RunAsync(params string[] command) =>
        (await Child.RunAsync(folder, "setup", command)).Code == 0;
}
