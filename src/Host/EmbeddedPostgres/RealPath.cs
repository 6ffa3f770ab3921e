namespace Equaticket.Host.EmbeddedPostgres;

/// <summary>Paths without symbolic links, so that a folder has a single name.</summary>
internal static class RealPath
{
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var here = Path.Join(Of(parent), Path.GetFileName(full));
        var target = new DirectoryInfo(here).ResolveLinkTarget(returnFinalTarget: false);
        return target is null ? here : Of(target.FullName);
    }
}
