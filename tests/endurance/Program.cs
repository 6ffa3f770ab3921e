using System.Runtime.InteropServices;
using Equaticket.Endurance;
using Equaticket.Endurance.Running;

if (RunOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(RunOptions.Usage);
    return 2;
}

using var interrupt = new CancellationTokenSource();
PosixSignalRegistration[] signals =
[
    .. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            interrupt.Cancel();
        })),
];
try
{
    return await new EnduranceRun(options).RunAsync(interrupt.Token) ? 0 : 1;
}
catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
{
    Console.Error.WriteLine("Interrupted.");
    return 130;
}
catch (Exception fault) when (fault is InvalidOperationException or TimeoutException)
{
    Console.Error.WriteLine(fault.Message);
    return 1;
}
finally
{
    Array.ForEach(signals, signal => signal.Dispose());
}
