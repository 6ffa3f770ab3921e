using Equaticket.Persistence.Attendees;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema.CheckIns;

/// <summary>The fields by which a ticket shows what is scanned at the door.</summary>
internal static class QrCodeFields
{
    public static void AddQrCode(this ObjectGraphType<Attendee> type)
    {
        type.Field<StringGraphType>("qrText")
            .Description("What the QR code of the ticket says, signed, so that the door can check it "
                + "without a connection; null for a ticket that lets nobody in. Each reading signs "
                + "anew: all texts of a ticket are as good.")
            .ResolveAsync(async c => await TextAsync(c));
        type.Field<StringGraphType>("qrSvg")
            .Description("The QR code as an SVG image; null for a ticket that lets nobody in.")
            .ResolveAsync(async c => await TextAsync(c) is { } text ? QrCode.Svg(text) : null);
    }

    private static ValueTask<string?> TextAsync(IResolveFieldContext<Attendee> context) =>
        context.RequestServices!.GetRequiredService<TicketSigner>()
            .QrTextAsync(context.Source, context.CancellationToken);
}
