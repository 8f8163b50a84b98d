using ChatAnalysis.Gateway;
using ChatAnalysis.Silo.Composition;

return await GatewayApplication.RunAsync(args, GrainComposition.AddGatewayGrains);
