"""Mail: its texts and its delivery. The only importer of smtplib; what it may say is a case number, a neutral title and a day."""
