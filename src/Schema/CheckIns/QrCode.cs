using System.Collections;
using System.Text;
using QRCoder;

namespace Equaticket.Schema.CheckIns;

/// <summary>Renders QR codes with 15% error correction, so that a creased printout remains readable.</summary>
internal static class QrCode
{
    private const int PixelsPerModule = 6;

    /// <returns>An SVG image without a fixed size. Its dark modules are one path, to save bytes.</returns>
    public static string Svg(string text)
    {
        using var code = Encode(text);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
            AppendRow(path, rows[y], y);
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {rows.Count} {rows.Count}\" "
            + "shape-rendering=\"crispEdges\">"
            + $"<path fill=\"#fff\" d=\"M0 0h{rows.Count}v{rows.Count}H0z\"/>"
            + $"<path stroke=\"#000\" d=\"{path}\"/></svg>";
    }

    public static byte[] Png(string text)
    {
        using var code = Encode(text);
        using var drawing = new PngByteQRCode(code);
        return drawing.GetGraphic(PixelsPerModule);
    }

    private static QRCodeData Encode(string text) =>
        QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);

    /// <summary>Draws each run of dark modules as a line through their middle.</summary>
    private static void AppendRow(StringBuilder path, BitArray row, int y)
    {
        var end = 0;
        for (var x = 0; x < row.Count; x++)
        {
            if (!row[x])
                continue;
            path.Append(end == 0 ? $"M{x} {y}.5h" : $"m{x - end} 0h");
            var start = x;
            while (x < row.Count && row[x])
                x++;
            path.Append(x - start);
            end = x;
        }
    }
}
