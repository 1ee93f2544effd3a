# language: vi
Tính năng: Nhân vật trong tin
  Để biết bài của mình cho ai lên tiếng và nói về họ ra sao trước khi đăng,
  tòa soạn đưa tin bài vào chương trình
  và thấy từng nhân vật, giới của họ kèm dấu hiệu, ai được dẫn lời và định kiến là lời của ai.

  Tình huống: Thấy ai lên tiếng trong bài
    Biết bài báo có đoạn "Bản Nà Khoang vừa làm xong hai cây số đường lên trại ong."
    Và bài báo có đoạn "“Xe tải lên được thì mật mới bán được giá”, bà Đinh Thị Sen, chủ trại ong, nói."
    Và bài báo có đoạn "Ông Vì Văn Tủm, trưởng bản, cho biết dân góp sáu trăm ngày công."
    Và bài báo có đoạn "Chị Vàng Thị Xua dẫn đoàn lên xem đường."
    Khi tòa soạn soát bài
    Thì "Đinh Thị Sen" được dẫn lời "direct"
    Và "Vì Văn Tủm" được dẫn lời "indirect"
    Và "Vàng Thị Xua" được dẫn lời "no"
    Và bài có đúng 3 nhân vật

  Khung tình huống: Giới được nêu kèm dấu hiệu
    Biết bài báo có đoạn "<đoạn>"
    Khi tòa soạn soát bài
    Thì "<tên>" có giới "<giới>" vì "<dấu hiệu>"

    Dữ liệu:
      | đoạn                                                       | tên             | giới    | dấu hiệu |
      | Bà Nguyễn Khánh An mở lớp dệt ở bản Nà Khoang.             | Nguyễn Khánh An | female  | bà       |
      | Nữ thẩm phán Đặng Hải Anh tuyên án lúc 17 giờ.             | Đặng Hải Anh    | female  | nữ       |
      | Thào A Lử, 19 tuổi, giành huy chương vàng ở giải tỉnh.     | Thào A Lử       | male    | A        |
      | Lường Thị Pâng, 22 tuổi, đỗ đầu kỳ thi nghề.               | Lường Thị Pâng  | female  | Thị      |
      | Nguyễn Khánh An, 30 tuổi, làm việc từ xa.                  | Nguyễn Khánh An | unknown | cả hai giới |

  Tình huống: Tên đường, tên trường không phải nhân vật
    Biết bài báo có đoạn "Nước ngập từ đường Trần Quang Diệu tới cổng Trường THCS Lê Thanh Hiền."
    Khi tòa soạn soát bài
    Thì bài có đúng 0 nhân vật

  Tình huống: Định kiến trong lời nguồn tin được ghi là lời của người ấy
    Biết bài báo có đoạn "“Phụ nữ vốn chân yếu tay mềm, lái xe đường đèo thì nên nhường tay lái cho đàn ông”, ông Vì Văn Tủm nói."
    Khi tòa soạn soát bài
    Thì định kiến được ghi là lời dẫn của "Vì Văn Tủm"
    Và không phát hiện nào nặng hơn "S2"

  Tình huống: Định kiến tòa báo tự viết là lời của tòa báo
    Biết bài báo có đoạn "Phụ nữ vốn chân yếu tay mềm, lái xe đường đèo thì nên nhường tay lái cho đàn ông."
    Khi tòa soạn soát bài
    Thì định kiến được ghi là lời của tòa báo

  Tình huống: Quy ước thì không có nhân vật
    Biết bản quy ước có khoản "Ông Vì Văn Tủm, trưởng bản, giữ sổ hộ khẩu của bản."
    Khi tòa soạn soát bài
    Thì bài có đúng 0 nhân vật
    Và bản ghi không có phần nói về bài
