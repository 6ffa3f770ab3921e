namespace Equaticket.RestFacade.OpenApi;

/// <summary>What holds for every route: <c>OpenApi/Introduction.md</c>.</summary>
internal static class Introduction
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(Introduction).Assembly
            .GetManifestResourceStream("OpenApi/Introduction.md")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd();
    }
}
